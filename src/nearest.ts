import { closest, distance } from "fastest-levenshtein";

/** The one of `names` that a misspelt `name` was most likely meant for; `undefined` where none has half of its letters. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const found = closest(name, [...names]);
  return distance(name, found) <= Math.max(name.length, found.length) / 2 ? found : undefined;
}
