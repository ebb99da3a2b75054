import { listed } from "../../quoting.js";
import { weightedChoice } from "../weightedChoice.js";
import { columnKind } from "./columnKind.js";

export const category = columnKind("category", {
  title: "category",
  summary: "One of several texts; the rarest of many are pooled as one.",
  modelled: "categories",
  recognise({ name, asTexts: { texts, counts, missing } }, { mostCategories }) {
    const count = (place: number) => counts[place] ?? 0;
    const places = [...texts.keys()].sort((a, b) => count(b) - count(a));
    const ordered = places.map((place) => texts[place] ?? "");
    const common = { type: "category" as const, name, missing: [...missing] };
    if (texts.length <= mostCategories) return { column: { ...common, categories: ordered }, notes: [] };
    const kept = mostCategories - 1;
    const pooled = { texts: ordered.slice(kept), counts: places.slice(kept).map(count) };
    const [total, rare] = [texts.length, pooled.texts.length].map((number) => number.toLocaleString("en"));
    return {
      column: { ...common, categories: [...ordered.slice(0, kept), otherThan(texts)], pooled },
      notes: [
        `has ${total} different texts: the ${rare} rarest are learned as one, and drawn by how often each occurs`,
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

/** What rare texts are called together: no text of the column. */
function otherThan(texts: readonly string[]): string {
  const known = new Set(texts);
  let name = "(other)";
  while (known.has(name)) name = `(${name})`;
  return name;
}
