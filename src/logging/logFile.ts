import { type FileHandle, open, readFile } from "node:fs/promises";
import { systemReason, writeFileAtomically } from "../files.js";

/** Milliseconds after which what was added to a file is written. */
const BETWEEN = 1000;

/** A file that grows while a run is trained. */
export interface LogFile {
  /** Adds to the file, which has it after a second at the latest where more is added. */
  append(content: Uint8Array | string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins a file that grows.
 * @param content what it begins with: what stood there is replaced
 * @throws InputError where it cannot be written
 */
export async function beginLogFile(path: string, content: Uint8Array | string): Promise<LogFile> {
  await writeFileAtomically(path, content);
  const handle: FileHandle = await open(path, "r+");
  let written = (await handle.stat()).size;
  let waiting: Buffer[] = [];
  let last = performance.now();
  const flush = async () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    last = performance.now();
    // What could be written of a failed attempt only in part is written over.
    await handle.write(bytes, 0, bytes.length, written);
    written += bytes.length;
  };
  return {
    async append(added) {
      waiting.push(Buffer.from(added));
      if (performance.now() - last >= BETWEEN) await flush();
    },
    async close() {
      await flush().finally(() => handle.close());
    },
  };
}

/** The bytes of a file; `undefined` where there is none. */
export async function bytesIn(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(systemReason(error) ?? error.message);
  });
}

/** The whole lines of a text that a killed writer may have left half a line of. */
export function wholeLines(text: string): string[] {
  return text.split("\n").slice(0, -1);
}
