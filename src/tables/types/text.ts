import { patternsOf } from "../identifiers/identifierForm.js";
import { identifierMaker } from "../identifiers/identifierMaker.js";
import { luhnDigit } from "../luhn.js";
import type { ColumnOf } from "../schema.js";
import type { Values } from "../values.js";
import { columnKind } from "./columnKind.js";

type About = ColumnOf<"text">["about"];

/** Least rows of which it is said that their texts are free, and that their sentences are. */
const [LEAST, FEW] = [20, 5];
/** Shares of different texts from which texts, and whole sentences, are free ones. */
const [DIFFERENT, SENTENCES] = [0.9, 0.5];
const WORDS_OF_A_SENTENCE = 5;

const TITLES: Readonly<Record<About, string>> = {
  free: "free text",
  email: "e-mail addresses",
  phone: "telephone numbers",
  name: "names of people",
  firstName: "first names",
  lastName: "last names",
  address: "addresses",
  card: "card numbers",
  url: "web addresses",
};

export const text = columnKind("text", {
  title: "text",
  summary: "Free text and personal data: never copied, but replaced by made-up text of its kind or left out.",
  modelled: "given",
  recognise(facts, { chosen, personal: fill }) {
    const { name, asTexts } = facts;
    const about: About = facts.personal() ?? "free";
    if (about === "free" && !chosen && !isFree(asTexts)) return null;
    const common: ColumnOf<"text"> = { type: "text", name, missing: [...asTexts.missing], about, fill };
    const done = fill === "omit" ? "left out" : "replaced by made-up text";
    const notes = [
      about === "free"
        ? `holds free text, which is ${done}; as a category it would keep its own`
        : `holds ${TITLES[about]}, which let people be recognised: they are ${done}`,
    ];
    if (about === "card")
      return { column: { ...common, form: patternsOf(asTexts.texts.map((one) => one.slice(0, -1))) }, notes };
    if (about === "phone") return { column: { ...common, form: patternsOf(asTexts.texts) }, notes };
    return { column: about === "free" ? { ...common, words: wordsOf(asTexts.texts) } : common, notes };
  },
  parse: () => () => 0,
  format({ about, form, words: [least, most] = [3, 12] }, { rng, madeUp }) {
    if (about === "card" && form) {
      const make = identifierMaker(form, rng.split());
      return () => {
        const digits = make();
        return digits + luhnDigit(digits.replace(/\D/g, ""));
      };
    }
    if (about === "phone" && form) return identifierMaker(form, rng.split());
    if (!madeUp) throw new RangeError("made-up text is needed, and was not loaded");
    if (about === "free") return () => madeUp.free(least + rng.integer(most - least + 1));
    return madeUp[about];
  },
  describe: ({ about, fill }) => `${TITLES[about]}, ${fill === "omit" ? "left out" : "replaced"}`,
});

/** Whether texts say something of their own in nearly each row. */
function isFree({ texts, present }: Values): boolean {
  if (present < FEW) return false;
  const different = texts.length / present;
  if (present >= LEAST && different >= DIFFERENT) return true;
  const spaces = texts.reduce((sum, one) => sum + (one.match(/\s+/g)?.length ?? 0), 0);
  return different >= SENTENCES && spaces / texts.length >= WORDS_OF_A_SENTENCE - 1;
}

/** How many words most of the texts have: all but a tenth at either end. */
function wordsOf(texts: readonly string[]): [number, number] {
  const counts = Float64Array.from(texts, (one) => one.split(/\s+/).length).sort();
  const at = (share: number) => counts[Math.floor(share * (counts.length - 1))] ?? 1;
  return [at(0.1), at(0.9)];
}
