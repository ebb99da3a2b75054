import { InputError } from "../errors.js";
import type { ConditionField } from "./dataset.js";

/** What samples are labelled with, each with one of several categories. */
export interface Labels {
  /** What the categories are of, such as "mode" or "digit". */
  readonly name: string;
  readonly categories: readonly string[];
}

/** How data that has labels is opened. */
export interface LabelOptions {
  /** Whether the labels come with the samples, as a condition. Default: those of images do, those of points do not. */
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

/** What a sample in memory may be labelled with. */
export type LabelValue = string | number;

/** The label that a text is: a whole number where it is written as one, so that labels are ordered by size. */
export function labelValue(text: string): LabelValue {
  return String(Number.parseInt(text, 10)) === text ? Number(text) : text;
}

/**
 * Labels with the place of each one's category. Categories are the different labels: numbers by size, then texts by their characters.
 * @param name of the data, for messages
 * @param labelName what the labels are of
 * @param count of samples
 * @throws InputError where there are not as many labels as samples
 */
export function labelPlaces(
  name: string,
  labelName: string,
  labels: ArrayLike<LabelValue>,
  count: number,
): Labels & { readonly places: Uint32Array } {
  if (labels.length !== count)
    throw new InputError(`${name} has ${count} samples and ${labels.length} labels; give one label for each sample.`);
  const all = Array.from(labels);
  const numbers = [...new Set(all.filter((label) => typeof label === "number"))].sort((a, b) => a - b);
  const texts = [...new Set(all.filter((label) => typeof label === "string"))].sort();
  const categories = [...new Set([...numbers.map(String), ...texts])];
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return { name: labelName, categories, places: Uint32Array.from(all, (label) => placeOf.get(String(label)) ?? 0) };
}
