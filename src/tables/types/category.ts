import { listed } from "../../quoting.js";
import type { Values } from "../values.js";
import { weightedChoice } from "../weightedChoice.js";
import { columnKind } from "./columnKind.js";

/** Least rows, and the least share of different texts, of which it is said that each row has its own. */
const [FEW, NEARLY_ALL] = [5, 0.9];

export const category = columnKind("category", {
  title: "category",
  summary: "One of several texts; the rarest of many are pooled as one.",
  modelled: "categories",
  recognise({ name, asTexts, mayNamePeople }, { chosen, mostCategories }) {
    const { texts, counts, missing } = asTexts;
    const count = (place: number) => counts[place] ?? 0;
    const places = [...texts.keys()].sort((a, b) => count(b) - count(a));
    const ordered = places.map((place) => texts[place] ?? "");
    const common = { type: "category" as const, name, missing: [...missing] };
    const notes = chosen ? [] : notesOfKept(asTexts, mayNamePeople());
    if (texts.length <= mostCategories) return { column: { ...common, categories: ordered }, notes };
    const kept = mostCategories - 1;
    const pooled = { texts: ordered.slice(kept), counts: places.slice(kept).map(count) };
    const [total, rare] = [texts.length, pooled.texts.length].map((number) => number.toLocaleString("en"));
    return {
      column: { ...common, categories: [...ordered.slice(0, kept), otherThan(texts)], pooled },
      notes: [
        `has ${total} different texts: the ${rare} rarest are learned as one, and drawn by how often each occurs`,
        ...notes,
      ],
    };
  },
  parse({ categories, pooled }) {
    const places = new Map(categories.map((text, place) => [text, place]));
    for (const text of pooled?.texts ?? []) places.set(text, categories.length - 1);
    return (text) => places.get(text) ?? NaN;
  },
  format({ categories, pooled }, { rng }) {
    if (!pooled) return (value) => categories[value] ?? "";
    const choose = weightedChoice(pooled.counts, rng);
    return (value) => (value === categories.length - 1 ? pooled.texts[choose()] : categories[value]) ?? "";
  },
  describe: ({ categories, pooled }) => {
    const rare = pooled ? `, ${pooled.texts.length.toLocaleString("en")} of them pooled` : "";
    const all = categories.length + (pooled ? pooled.texts.length - 1 : 0);
    return `${all.toLocaleString("en")} texts${rare}: ${listed(categories)}`;
  },
});

/** What a person should know of texts that new rows have as they are. */
function notesOfKept({ texts, present }: Values, mayNamePeople: boolean): string[] {
  const others = "--column NAME=text makes up others";
  if (mayNamePeople) return [`is taken as a category, whose texts are copied: if they are names of people, ${others}`];
  if (present >= FEW && texts.length >= NEARLY_ALL * present)
    return [`has another text in nearly every row, and is taken as a category, whose texts are copied: ${others}`];
  return [];
}

/** What rare texts are called together: no text of the column. */
function otherThan(texts: readonly string[]): string {
  const known = new Set(texts);
  let name = "(other)";
  while (known.has(name)) name = `(${name})`;
  return name;
}
