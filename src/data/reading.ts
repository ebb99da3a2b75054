import { InputError } from "../errors.js";
import { systemReason } from "../files.js";

/** The error to throw when reading `path` failed: the system's reason as an `InputError`, any other error as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === undefined ? error : new InputError(`${path} cannot be read: ${reason}; check the path.`);
}
