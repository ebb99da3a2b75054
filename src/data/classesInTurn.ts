import { listed } from "../quoting.js";
import type { ConditionField, Dataset } from "./dataset.js";
import { oneHot } from "./labels.js";

/** Rows of a picture, of a class each. */
export const MOST_ROWS = 20;

/** What samples of images are asked for where nobody says: several classes, each in its turn. */
export interface ClassesInTurn {
  readonly condition: ConditionField;
  /** The places of the classes. */
  readonly shown: readonly number[];
  /** The place of the class of each sample, `[count]`: none comes more than once more often than another. */
  readonly categories: Uint32Array;
}

/**
 * Classes to ask for, so that samples show them all alike; `undefined` where they are of no images, or these have no classes.
 * @param most classes; of more, so many evenly spread. Default: all
 */
export function classesInTurn(
  { kind, fields: { condition } }: Pick<Dataset, "kind" | "fields">,
  count: number,
  most = Number.POSITIVE_INFINITY,
): ClassesInTurn | undefined {
  if (kind !== "images" || !condition) return undefined;
  const last = condition.categories.length - 1;
  const turns = Math.min(last + 1, most, count);
  const shown = Array.from({ length: turns }, (_, turn) => Math.round((turn * last) / Math.max(1, turns - 1)));
  return { condition, shown, categories: Uint32Array.from({ length: count }, (_, i) => shown[i % turns] ?? 0) };
}

/** What is asked of each of the samples, `[count, ...condition]`. */
export function askedInTurn({ condition, categories }: ClassesInTurn): Float32Array {
  return oneHot(categories, condition.categories.length);
}

/** Which row of a picture shows which class, as a sentence. */
export function rowsSentence({ condition: { name, categories }, shown }: ClassesInTurn): string {
  return `Its rows from the top: ${name} ${listed(shown.map((place) => categories[place] ?? ""))}.`;
}
