import { type PointTable, parsePoints, type TableProblem } from "./csv.js";

/** A file that is read, or `null` where it could not be. */
export type Parsed = PointTable | TableProblem | null;

self.addEventListener("message", async ({ data }: MessageEvent<File>) => {
  const parsed: Parsed = await data
    .text()
    .then(parsePoints)
    .catch(() => null);
  self.postMessage(parsed);
});
