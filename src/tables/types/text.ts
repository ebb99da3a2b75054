import { formOfPatterns, patternsOf } from "../identifiers/identifierForm.js";
import { identifierMaker } from "../identifiers/identifierMaker.js";
import { wordPatterns } from "../identifiers/wordPatterns.js";
import { luhnDigit } from "../luhn.js";
import { nameForms, writtenName } from "../nameForms.js";
import type { ColumnOf } from "../schema.js";
import type { Values } from "../values.js";
import { weightedChoice } from "../weightedChoice.js";
import { columnKind } from "./columnKind.js";

type About = ColumnOf<"text">["about"];

/** Least rows of which it is said that their texts are free, and that their sentences are. */
const [LEAST, FEW] = [20, 5];
/** Shares of different texts from which texts, and whole sentences, are free ones. */
const [DIFFERENT, SENTENCES] = [0.9, 0.5];
const WORDS_OF_A_SENTENCE = 5;
/** Texts of so few words are labels. */
const WORDS_OF_A_LABEL = 3;

const TITLES: Readonly<Record<About, string>> = {
  free: "free text",
  label: "labels",
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
    const { texts } = asTexts;
    const personal = facts.personal() ?? (chosen && facts.mayNamePeople() ? "name" : null);
    if (!personal && !chosen && !isFree(asTexts)) return null;
    const words = wordsOf(texts);
    const about: About = personal ?? (words[1] <= WORDS_OF_A_LABEL ? "label" : "free");
    const common: ColumnOf<"text"> = { type: "text", name, missing: [...asTexts.missing], about, fill };
    return { column: { ...common, ...formOf(about, texts, words) }, notes: [noteOf(about, fill)] };
  },
  parse: () => () => 0,
  format({ about, form, names, words: [least, most] = [3, 12] }, { rng, seed, madeUp, person }) {
    if (about === "card" && form) {
      const make = identifierMaker(form, rng.split(), seed);
      return () => {
        const digits = make();
        return digits + luhnDigit(digits.replace(/\D/g, ""));
      };
    }
    if ((about === "phone" || about === "label") && form) return identifierMaker(form, rng.split(), seed);
    if (!madeUp) throw new RangeError("made-up text is needed, and was not loaded");
    switch (about) {
      case "free":
      case "label":
        return () => madeUp.free(least + rng.integer(most - least + 1));
      case "firstName":
        return () => madeUp.person(person).first;
      case "lastName":
        return () => madeUp.person(person).last;
      case "name": {
        const forms = names ?? [{ pattern: "First Last", weight: 1 }];
        const choose = weightedChoice(
          forms.map(({ weight }) => weight),
          rng,
        );
        return () => writtenName(forms[choose()]?.pattern ?? "First Last", madeUp.person(person));
      }
      case "email":
        return () => madeUp.email(madeUp.person(person));
      default:
        return madeUp[about];
    }
  },
  describe: ({ about, fill }) => `${TITLES[about]}, ${fill === "omit" ? "left out" : "replaced"}`,
});

/** How texts are made that stand for these. */
function formOf(about: About, texts: readonly string[], words: [number, number]): Partial<ColumnOf<"text">> {
  switch (about) {
    case "card":
      return { form: patternsOf(texts.map((one) => one.slice(0, -1))) };
    case "phone":
      return { form: patternsOf(texts) };
    case "label":
      return { form: formOfPatterns(wordPatterns(texts), texts) };
    case "free":
      return { words };
    case "name": {
      const names = nameForms(texts);
      return names.length > 0 ? { names } : {};
    }
    default:
      return {};
  }
}

function noteOf(about: About, fill: "replace" | "omit"): string {
  const done = fill === "omit" ? "left out" : "replaced by made-up text";
  const kept = "--column NAME=category keeps its own";
  switch (about) {
    case "free":
      return `holds free text, which is ${done}; ${kept}`;
    case "label":
      return (
        "has another text in nearly every row, so that there is nothing to learn of one: " +
        `${fill === "omit" ? "it is left out" : "made-up words stand for them"}; ${kept}`
      );
    default:
      return `holds ${TITLES[about]}, which let people be recognised: they are ${done}; ${kept}`;
  }
}

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
