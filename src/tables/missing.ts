/** Texts that stand for a missing value in a column of any type. Blank cells do too. */
const CONVENTIONAL = /^(?:|NA|N\/A|n\/a|#N\/A|<NA>|NULL|null|Null|NaN|nan|NAN|\\N)$/;

/** Texts that do so only beside numbers, days or times: among other texts they may well say something. */
const BESIDE_NUMBERS = /^(?:na|none|nil|-+|\?+|\.+|missing)$/i;

/** Whether a text stands for a missing value by convention, in a column of any type; spaces around it do not count. */
export function isMissing(text: string): boolean {
  return CONVENTIONAL.test(text.trim());
}

/** Whether a text stands for a missing value in a column of numbers, days or times; spaces around it do not count. */
export function isMissingNumber(text: string): boolean {
  return isMissing(text) || BESIDE_NUMBERS.test(text.trim());
}
