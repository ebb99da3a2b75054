import { type PointTable, parsePoints, type TableProblem } from "./pointTable.js";
import { unpackedBytes } from "./unpackedBytes.js";

/** A file that is read, or `null` where it could not be. */
export type Parsed = PointTable | TableProblem | null;

self.addEventListener("message", async ({ data }: MessageEvent<File>) => {
  const parsed: Parsed = await unpackedBytes(data)
    .then((bytes) => parsePoints(bytes, data.name))
    .catch(() => null);
  self.postMessage(parsed);
});
