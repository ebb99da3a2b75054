import { InputError } from "../errors.js";

/** @throws InputError where `value` is not a finite number above 0 */
export function checkAbove0(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new InputError(`${name} must be a number above 0, not ${value}.`);
}

/** @throws InputError where `value` is not a finite number from 0 */
export function checkFrom0(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new InputError(`${name} must be a number from 0, not ${value}.`);
}

/** @throws InputError where `value` is not in [0, 1) */
export function checkShare(name: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new InputError(`${name} must be a number from 0 to below 1, not ${value}.`);
}
