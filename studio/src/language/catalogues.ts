import type { Described } from "../../../src/catalogue.js";
import { type Dictionary, text } from "./index.js";

export type CatalogueName = keyof Dictionary["catalogues"];

/** What the page says of an entry. */
export interface EntryWords {
  readonly what: string;
  readonly text: string;
  /** Its formula in words. */
  readonly formula?: string;
}

/** An entry in the page's language; one that has no words there says its own, in English. */
export function wordsOf(
  kind: CatalogueName,
  { name, title, summary }: Described,
  { catalogues }: Dictionary = text(),
): EntryWords {
  const known: Readonly<Record<string, EntryWords>> = catalogues[kind];
  return known[name] ?? { what: title, text: summary };
}
