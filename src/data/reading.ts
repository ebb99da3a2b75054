import { InputError } from "../errors.js";
import { isExhausted, systemReason } from "../files.js";

/** The error to throw when reading `path` failed: the system's reason as an `InputError`, any other error as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  if (reason === undefined) return error;
  const remedy = isExhausted(error) ? "close other programs, or allow more (ulimit -n)" : "check the path";
  return new InputError(`${path} cannot be read: ${reason}; ${remedy}.`);
}
