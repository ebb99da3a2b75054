import { InputError } from "../errors.js";
import { nearest } from "../nearest.js";
import { listed, quoted } from "../quoting.js";
import type { ConditionField } from "./dataset.js";
import { oneHot } from "./labels.js";

/**
 * The condition that a user writes down: the one-hot row of a category, `[categories.length]`.
 * @param where such as "mode=3"
 * @param condition of the data or run, `undefined` where it has none
 * @throws InputError where there is no condition, the text is not of that form, or it names another condition or no category
 */
export function conditionWhere(where: string, condition: ConditionField | undefined): Float32Array {
  if (!condition)
    throw new InputError(`${where} cannot be chosen: this run was trained without conditions (--conditional).`);
  const { name, categories } = condition;
  const known = `one of ${listed(categories)}`;
  const [, asked, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(where) ?? [];
  if (asked === undefined || value === undefined)
    throw new InputError(
      `${quoted(where)} names no condition; give ${name}=${categories[0]}, where ${name} is ${known}.`,
    );
  if (asked !== name)
    throw new InputError(`There is no condition ${quoted(asked)}: the only one is ${name}, which is ${known}.`);
  const place = categories.indexOf(value);
  if (place < 0) {
    const meant = nearest(value, categories);
    const guess = meant === undefined ? "" : ` Did you mean ${name}=${meant}?`;
    throw new InputError(`There is no ${name} ${quoted(value)}: it is ${known}.${guess}`);
  }
  return oneHot([place], categories.length);
}
