import { classesInTurn, MOST_ROWS } from "../data/classesInTurn.js";
import type { Dataset } from "../data/dataset.js";
import { inFileUnits } from "../data/pointSets.js";
import { sizeOf } from "../engine/index.js";
import { createRng } from "../random.js";
import { samplesPicture } from "./pictures.js";

/** The picture of samples at the end of a run, in its folder. */
export const SAMPLES_PICTURE = "samples.png";

/** Samples of a run as a PNG: images, with a row for each class where it was trained on classes; points over as many real ones. */
export async function runPicture(
  samples: Float32Array,
  data: Dataset,
  { loss, seed }: { readonly loss: string; readonly seed: number },
): Promise<Buffer> {
  const count = samples.length / sizeOf(data.fields.sample.shape);
  const real = inFileUnits(data, data.batch(createRng(seed), Math.min(count, data.size)).sample);
  const rows = classesInTurn(data, count, MOST_ROWS)?.shown.length;
  return samplesPicture(inFileUnits(data, samples), real, data, loss, { rows });
}
