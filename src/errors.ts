import { printable } from "./quoting.js";

/**
 * Something that the user gave is wrong: an option, a file, a shape. The message is one sentence that says what to do; control
 * characters in it, as of a name that came from a file, are escaped.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(message: string) {
    super(printable(message));
  }
}
