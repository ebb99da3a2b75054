import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pointDatasets } from "../../src/data/points.js";
import { startGame } from "../../src/game/start.js";
import { modesCaptured, modesTotal } from "../../src/metrics/coverage.js";
import { createEvaluator } from "../../src/metrics/evaluate.js";
import { createRng } from "../../src/random.js";
import { gameOf } from "../../src/training/trainer.js";
import { decodePrepared, encodePrepared } from "../../studio/src/lessons/prepared/file.js";
import { PREPARED, type PreparedName } from "../../studio/src/lessons/prepared/states.js";
import { EVALUATED } from "../../studio/src/session/evaluated.js";
import { sideOptions } from "../../studio/src/session/options.js";
import { SIDES, type Side } from "../../studio/src/settings/settings.js";

const NAMES = Object.keys(PREPARED) as readonly PreparedName[];
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../studio/src/lessons/prepared/${name}.safetensors`, import.meta.url));

/** What a side of a prepared state is found to be. */
async function measured(name: PreparedName, side: Side) {
  const { settings } = PREPARED[name];
  const { state, iteration } = decodePrepared(await readFile(pathOf(name)), name)[side];
  const data = pointDatasets.get(settings.data).open();
  const game = gameOf(sideOptions(settings, side, data));
  const { layout } = startGame(game, createRng(settings.seed));
  const evaluator = await createEvaluator({ game, layout, state }, data, { seed: settings.seed, ...EVALUATED });
  const { evaluation } = await evaluator.measure(state, iteration, 0);
  await evaluator.release();
  return evaluation;
}

describe("prepared states", () => {
  it.each(NAMES)(
    "%s has the iteration, the tensors and the shapes of its settings, and survives its file",
    async (name) => {
      const { settings, iteration } = PREPARED[name];
      const bytes = await readFile(pathOf(name));
      const sides = decodePrepared(bytes, name);
      const data = pointDatasets.get(settings.data).open();
      const shapes = (state: unknown) =>
        JSON.parse(JSON.stringify(state, (key, value) => (key === "data" ? undefined : value)));
      for (const side of SIDES) {
        expect(sides[side].iteration).toBe(iteration);
        const { state } = startGame(gameOf(sideOptions(settings, side, data)), createRng(settings.seed));
        expect(shapes(sides[side].state)).toEqual(shapes(state));
      }
      expect(decodePrepared(encodePrepared(sides), name)).toEqual(sides);
    },
  );

  it("are small enough to come with the page", async () => {
    const sizes = await Promise.all(NAMES.map(async (name) => (await stat(pathOf(name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });

  it("the collapsed one has lost half of the modes under BCE, and none under the W-loss", async () => {
    const [left, right] = [await measured("collapsed", "left"), await measured("collapsed", "right")];
    expect(modesCaptured.of(left)!).toBeLessThanOrEqual(modesTotal.of(left)! / 2);
    expect(modesCaptured.of(right)).toBe(modesTotal.of(right));
  });
});
