import type { TensorData } from "../engine/index.js";

/**
 * Numbers of many rows that are made some rows at a time: flat, `[rows, width]`.
 * @param make the numbers of `chunk` rows from row `start` on; those beyond the last row are left out
 */
export async function inChunks(
  { rows, width, chunk }: { readonly rows: number; readonly width: number; readonly chunk: number },
  make: (start: number) => Promise<TensorData["data"]>,
): Promise<Float32Array> {
  const all = new Float32Array(rows * width);
  for (let start = 0; start < rows; start += chunk) {
    const made = await make(start);
    all.set(made.subarray(0, (rows - start) * width), start * width);
  }
  return all;
}
