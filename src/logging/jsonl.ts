import { join } from "node:path";
import { z } from "zod";
import { beginLogFile, bytesIn, type LogFile, wholeLines } from "./logFile.js";
import { logFolder } from "./logFolder.js";
import type { LoggerEntry } from "./logger.js";

const FILE = "log.jsonl";
const lineSchema = z.object({ iteration: z.int() });

/** A line of JSON for each iteration that is logged. */
export const jsonl: LoggerEntry = {
  name: "jsonl",
  title: "JSON Lines",
  summary: `A file, ${FILE}: an object a line, with the iteration, its losses and the figures; what is not finite is null.`,
  target: { placeholder: "FOLDER", isRequired: false },
  isLog: (name) => name === FILE,
  async open(run, target) {
    const path = join(await logFolder(run, target, (name) => name === FILE), FILE);
    let file: LogFile | undefined;
    return {
      async begin() {
        const lines = run.isNew ? [] : wholeLines(String((await bytesIn(path)) ?? ""));
        const kept = lines.filter((line) => iterationOf(line) <= run.iteration);
        file = await beginLogFile(path, kept.map((line) => `${line}\n`).join(""));
      },
      scalars: async (iteration, values) => await file?.append(`${JSON.stringify({ iteration, ...values })}\n`),
      end: async () => await file?.close(),
    };
  },
};

function iterationOf(line: string): number {
  try {
    return lineSchema.parse(JSON.parse(line)).iteration;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
