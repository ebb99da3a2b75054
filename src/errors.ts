/** Something that the user gave is wrong: an option, a file, a shape. The message is one sentence that says what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
}
