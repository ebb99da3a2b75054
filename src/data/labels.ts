import type { ConditionField } from "./dataset.js";

/** What samples are labelled with, each with one of several categories. */
export interface Labels {
  /** What the categories are of, such as "mode" or "digit". */
  readonly name: string;
  readonly categories: readonly string[];
}

/** How data that has labels is opened. */
export interface LabelOptions {
  /** Whether the labels come with the samples, as a condition. Default: false. */
  readonly conditional?: boolean | undefined;
}

/** The condition that labels make. */
export function conditionField({ name, categories }: Labels): ConditionField {
  return { name, categories, shape: [categories.length] };
}

/**
 * Categories as networks are given them: a 1 at the place of each, and 0 elsewhere.
 * @param places of the categories, counted from 0
 * @returns `[places.length, categories]`, flat
 */
export function oneHot(places: ArrayLike<number>, categories: number): Float32Array {
  const rows = new Float32Array(places.length * categories);
  for (let i = 0; i < places.length; i++) rows[i * categories + Number(places[i])] = 1;
  return rows;
}
