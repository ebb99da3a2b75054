import { sizeOf } from "../../engine/index.js";
import { imageGrid } from "../../report/index.js";
import { nearestPictures } from "../../runs/nearestPictures.js";
import { openRunData } from "../../runs/runData.js";
import type { SavedRun } from "../../runs/runRecord.js";

/**
 * Samples of a run on images as a PNG, each with the training image nearest to it at its right, and a sentence that says what that is.
 * @param columns pairs in a row. Default: about as many as rows
 */
export async function nearestPicture(run: SavedRun, samples: Float32Array, columns?: number) {
  const { data } = await openRunData(run);
  const { shape } = data.fields.sample;
  const { pairs, among, isMirrored, by } = await nearestPictures(run.config, data, samples);
  const across = columns ?? Math.ceil(Math.sqrt(samples.length / sizeOf(shape) / 2));
  return {
    picture: await imageGrid(pairs, shape, 2 * across, { scale: 2 }),
    sentence: `At the right of each is the nearest of ${among.toLocaleString("en")} training pictures (of ${data.size.toLocaleString("en")})${isMirrored ? " and their mirrored copies" : ""} by ${by}.`,
  };
}
