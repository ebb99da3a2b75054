import { InputError } from "../errors.js";
import { shortened } from "../quoting.js";

/**
 * Loads a part of this program.
 * @throws InputError where it cannot be loaded
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  return load().catch((error: Error) => {
    // Node says of most files that it may not open that they are not there.
    throw new InputError(
      `a part of this program cannot be loaded (${shortened(error.message)}); install it again, or allow more open files (ulimit -n).`,
    );
  });
}
