import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { Parsed } from "./fileWorker.js";
import type { PointTable, TableProblem } from "./pointTable.js";

const MEGABYTE = 1e6;
/** Some hundred thousand points: more than the page could show or learn in a sitting. */
const LARGEST = 10;

/** A table of points out of a file, or one sentence on why there is none. It is parsed in a worker. */
export async function readPointFile(file: File): Promise<PointTable | string> {
  const { problems } = text().data;
  const size = file.size / MEGABYTE;
  if (size > LARGEST) return problems.large(file.name, whole(size), whole(LARGEST));
  const parsed = await parse(file);
  if (parsed === null) return problems.unreadable(file.name);
  return "kind" in parsed ? sentenceOf(parsed, file.name) : parsed;
}

function parse(file: File): Promise<Parsed> {
  const worker = new Worker(new URL("./fileWorker.ts", import.meta.url), { type: "module" });
  return new Promise<Parsed>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Parsed>) => resolve(data);
    worker.onerror = () => resolve(null);
    worker.postMessage(file);
  }).finally(() => worker.terminate());
}

function sentenceOf(problem: TableProblem, name: string): string {
  const { problems } = text().data;
  switch (problem.kind) {
    case "malformed":
      return problems.malformed(name, whole(problem.line));
    case "empty":
      return problems.empty(name);
    case "images":
      return problems.images(name);
    case "refused":
      return problems.refused(problem.sentence);
    case "oneColumn":
      return problems.oneColumn(name);
    case "commas":
      return problems.commas(name, whole(problem.line));
    case "ragged":
      return problems.ragged(name, whole(problem.line), whole(problem.cells), whole(problem.usual));
    case "columns":
      return problems.columns(name, whole(problem.line), problem.column, problem.cell);
  }
}
