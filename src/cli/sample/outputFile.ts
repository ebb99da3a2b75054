import { extname } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { InputError } from "../../errors.js";
import { type FileContent, writeFileAtomically } from "../../files.js";

export const STANDARD_OUTPUT = "-";

/** The endings of text, which may be compressed. */
const TEXTS: readonly string[] = [".csv", ".tsv", ".json", ".jsonl", ".ndjson"];
const GZIP = ".gz";

/** The ending by which the format of a file is told: ".csv" of "a.csv" and "a.csv.gz". */
export function endingOf(path: string): string {
  const inner = extname(isZipped(path) ? path.slice(0, -GZIP.length) : path).toLowerCase();
  return isZipped(path) && !TEXTS.includes(inner) ? GZIP : inner;
}

/**
 * @param endings of the formats that there are
 * @throws InputError where the file has none of them, or its result is to go to standard output, where samples go
 */
export function checkOutput(
  { output, json = false }: { readonly output: string; readonly json?: boolean | undefined },
  endings: readonly string[],
): void {
  if (output === STANDARD_OUTPUT) {
    if (json) throw new InputError("--json and -o - both print to standard output: leave out one of them.");
    return;
  }
  if (!endings.includes(endingOf(output)))
    throw new InputError(
      `${output} must end in ${endings.join(", ")}, or be - for CSV on standard output; text may be compressed: .csv.gz.`,
    );
}

/** Writes a file as a whole or not at all, compressed where its name ends in .gz. */
export function writeOutputFile(path: string, content: FileContent): Promise<void> {
  return writeFileAtomically(path, isZipped(path) ? zipped(content) : content);
}

function isZipped(path: string): boolean {
  return path.toLowerCase().endsWith(GZIP);
}

async function* zipped(content: FileContent): AsyncGenerator<Uint8Array> {
  const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  // What fails in the pieces fails the reading of the compressed ones.
  yield* pipeline(Readable.from(pieces), createGzip(), () => {});
}
