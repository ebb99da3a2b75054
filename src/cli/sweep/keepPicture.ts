import { join } from "node:path";
import { classesInTurn, MOST_ROWS } from "../../data/classesInTurn.js";
import type { Dataset } from "../../data/dataset.js";
import { inFileUnits } from "../../data/pointSets.js";
import { sizeOf } from "../../engine/index.js";
import { writeFileAtomically } from "../../files.js";
import { createRng } from "../../random.js";
import type { RunOutcome } from "../../sweeps/trainPlanned.js";
import { samplesPicture } from "../pictures.js";

/** The samples that a run of a sweep ends with, in its folder. */
export const SAMPLES_PICTURE = "samples.png";

/** The picture of the samples that a run ended with; `undefined` where it has none. */
export async function pictureOf({ samples, result }: RunOutcome, data: Dataset): Promise<Buffer | undefined> {
  if (!samples) return undefined;
  const count = samples.length / sizeOf(data.fields.sample.shape);
  const rows = classesInTurn(data, count, MOST_ROWS)?.shown.length;
  const real = inFileUnits(data, data.batch(createRng(result.seed), Math.min(count, data.size)).sample);
  return await samplesPicture(inFileUnits(data, samples), real, data, result.loss, { rows });
}

/** Keeps the picture of a run that has ended in its folder. */
export async function keepPicture(directory: string, outcome: RunOutcome, data: Dataset): Promise<void> {
  const picture = await pictureOf(outcome, data);
  if (picture) await writeFileAtomically(join(directory, SAMPLES_PICTURE), picture);
}
