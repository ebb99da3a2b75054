import { InputError } from "./errors.js";

const CODES = ["ERR_STRING_TOO_LONG", "ERR_BUFFER_TOO_LARGE", "ERR_WORKER_OUT_OF_MEMORY", "ENOMEM"];
/** As V8, Node and ONNX Runtime say it. */
const SENTENCES =
  /array buffer allocation failed|invalid (typed )?array( buffer)? length|invalid string length|cannot create a string longer|out of memory|bad[ _]alloc|failed to allocate/i;

/** The error to tell where an allocation failed; `undefined` for any other error. */
export function outOfMemory(error: Error): InputError | undefined {
  const isIt = ("code" in error && CODES.includes(String(error.code))) || SENTENCES.test(error.message);
  if (!isIt) return undefined;
  return new InputError(
    "there is not enough memory for this: choose a smaller width, depth or batch, or fewer or smaller samples.",
  );
}
