import { askedInTurn, classesInTurn, MOST_ROWS } from "../data/classesInTurn.js";
import type { Dataset } from "../data/dataset.js";
import type { Model } from "../game/model.js";
import { generateSamples } from "../game/sampling.js";
import { createRng } from "../random.js";
import type { RunConfig } from "./config.js";

/** How many samples of a run are shown. */
export function shownCount({ kind }: Pick<Dataset, "kind">): number {
  return kind === "images" ? 100 : 1000;
}

/** The samples that a run ends with, `[n, ...sample]`; of images with classes, each class has its turn. */
export async function lastSamples(model: Model, { seed, device }: RunConfig, data: Dataset): Promise<Float32Array> {
  const count = shownCount(data);
  const classes = classesInTurn(data, count, MOST_ROWS);
  return generateSamples(model, count, createRng(seed), { device, condition: classes && askedInTurn(classes) });
}
