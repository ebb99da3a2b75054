import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { InputError } from "../../errors.js";
import { collected } from "./collected.js";

/** The name of standard input as a path. */
export const STANDARD_INPUT = "-";

const KEY = "monge: standard input";

let reading: Promise<Uint8Array> | undefined;

/**
 * Everything on standard input. It is read once: whoever asks again, in this thread or in one that was started since, gets the same bytes.
 * @throws InputError where it is a terminal, has more bytes than `collected` takes, or fails
 */
export function standardInput(): Promise<Uint8Array> {
  const known = getEnvironmentData(KEY);
  if (known instanceof Uint8Array) return Promise.resolve(known);
  reading ??= read();
  return reading;
}

async function read(): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    throw new InputError(
      "- reads standard input, and nothing is piped to it; give a file, or pipe one to this command.",
    );
  }
  const bytes = await collected(process.stdin, "standard input");
  setEnvironmentData(KEY, bytes);
  return bytes;
}
