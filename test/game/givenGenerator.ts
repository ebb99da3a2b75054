import type { Dataset } from "../../src/data/dataset.js";
import type { GeneratorModel } from "../../src/game/generator.js";
import { startGame } from "../../src/game/start.js";
import { mlp, type Network } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { gameOf } from "../../src/training/trainer.js";
import { tinyGame } from "./tinyGame.js";

export interface GivenShapes {
  readonly latent: number;
  readonly sample: readonly number[];
  /** Categories of its condition. Default: 0, none. */
  readonly categories?: number;
}

/** A generator as it is given, untrained. */
export function givenGenerator(generator: Network, { latent, sample, categories = 0 }: GivenShapes): GeneratorModel {
  const names = Array.from({ length: categories }, (_, i) => `${i}`);
  const condition = { name: "kind", categories: names, shape: [categories] };
  const data: Dataset = {
    name: "given",
    kind: "points",
    fields: { sample: { shape: sample }, ...(categories > 0 && { condition }) },
    codec: { kind: "identity" },
    size: 0,
    batch: () => ({ sample: new Float32Array() }),
  };
  const game = gameOf(tinyGame({ generator, critic: mlp({ input: 2, output: 1, hidden: [2] }) }, { data, latent }));
  return { game, ...startGame(game, createRng(0)) };
}
