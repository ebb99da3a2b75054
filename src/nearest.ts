import { closest as byLetters, distance } from "fastest-levenshtein";

/** The one of `names` that a `name` which is none of them was most likely meant for: one that it begins, else the nearest by letters. */
export function closest(name: string, names: readonly string[]): string {
  const begun = name === "" ? undefined : names.find((known) => known.startsWith(name));
  return begun ?? byLetters(name, [...names]);
}

/** The one of `names` that a misspelt `name` was most likely meant for; `undefined` where none has half of its letters. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const found = closest(name, names);
  return found.startsWith(name) || distance(name, found) <= Math.max(name.length, found.length) / 2 ? found : undefined;
}
