import { InputError } from "../errors.js";

/** @throws InputError where one of the named numbers is not a whole number from 1 */
export function checkCounts(network: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`The ${name} of the ${network} network must be a whole number from 1, not ${value}.`);
    }
  }
}
