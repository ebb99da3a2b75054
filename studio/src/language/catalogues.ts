import type { Described } from "../../../src/catalogue.js";
import { pointDatasets } from "../../../src/data/points.js";
import { capitalised } from "../../../src/quoting.js";
import { schemasOf } from "../../../src/runs/config.js";
import { factsOf } from "../../../src/settings.js";
import { type Dictionary, text } from "./index.js";
import { type OpponentWords, spokenOf } from "./opponents.js";

export type CatalogueName = keyof Dictionary["catalogues"];

/** What the page says of an entry. */
export interface EntryWords {
  readonly what: string;
  readonly text: string;
  /** Its formula in words. */
  readonly formula?: string;
}

/** What a setting is called in a sentence, in the page's language, or else by its own title. @param opponent as the page's language calls it */
export function settingName(name: string, opponent: string, { controls }: Dictionary = text()): string {
  const known: Readonly<Record<string, OpponentWords>> = controls.names;
  return spokenOf(known[name] ?? ownTitle(name), opponent);
}

/** What the field of a setting is called. */
export function fieldName(name: string, opponent: string, { controls }: Dictionary = text()): string {
  const known: Readonly<Record<string, OpponentWords>> = controls.fields;
  return capitalised(spokenOf(known[name] ?? ownTitle(name), opponent));
}

function ownTitle(name: string): string {
  return schemasOf(name).map((schema) => factsOf(schema).title)[0] ?? name;
}

/** What data are called in the page's language, or else by their own title. */
export function dataName(name: string, { data }: Dictionary = text()): string {
  const known: Readonly<Record<string, string>> = data.names;
  return known[name] ?? pointDatasets.get(name).title;
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
