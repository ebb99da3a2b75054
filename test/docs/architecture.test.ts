import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { drawing } from "../../docs/drawArchitecture.mjs";

it("the picture of the folders shows what they import, and all arrows go down", async () => {
  const drawn = await readFile(new URL("../../docs/images/architecture.svg", import.meta.url), "utf8");
  // Written anew by: node docs/drawArchitecture.mjs
  expect(drawn).toBe(drawing());
});
