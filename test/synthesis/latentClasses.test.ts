import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { drawCells } from "../../src/synthesis/drawCells.js";
import { fitLatentClasses } from "../../src/synthesis/latentClasses.js";

describe("latent classes", () => {
  it("of two columns that are copies of each other draw copies", async () => {
    const rng = createRng(1);
    const codes = Uint8Array.from({ length: 400 }, () => rng.integer(3));
    const model = await fitLatentClasses(
      [
        { codes, cells: 3 },
        { codes, cells: 3 },
      ],
      { classes: 6, seed: 2 },
    );
    const {
      codes: [a, b],
    } = drawCells(model, createRng(3), 1000);
    const same = a!.filter((code, i) => code === b![i]).length;
    expect(same).toBeGreaterThan(970);
  });
});
