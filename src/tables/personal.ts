import { luhnDigit } from "./luhn.js";
import type { ColumnOf } from "./schema.js";
import type { Values } from "./values.js";

/** What texts are about that are not to be copied. */
export type PersonalKind = Exclude<ColumnOf<"text">["about"], "free">;

interface Sign {
  readonly about: PersonalKind;
  /** Names of columns that say it. Without them the texts have to be all but certain. */
  readonly column?: RegExp;
  /** What nearly all texts are like. */
  readonly text: (text: string) => boolean;
  /** What nearly all are like where the column's name does not say it; none: the name has to. */
  readonly certain?: (text: string) => boolean;
  /** The least share of different texts; above it a text belongs to one person or place. */
  readonly distinct: number;
}

const CAPITALISED = /^(?:\p{Lu}\p{L}*\.? )?\p{Lu}[\p{L}'’-]+,?(?: \(?["“]?\p{Lu}[\p{L}'’.-]*["”]?\)?){1,5}$/u;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]{2,}$/;
const PHONE = /^\+?\(?\d[\d\s()./-]{5,20}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i;
/** Written as only telephone numbers are: an international code, or a code of the area in parentheses or between marks. */
const SURE_PHONE =
  /^(?:\+\d{1,3}[\d\s()./-]{6,20}|(?:1[-. ])?\(\d{3}\)\s?\d{3}[-. ]\d{4}|\d{3}([-. ])\d{3}\1\d{4})(?:\s?x\d+)?$/;
const WORDS = /^[\p{L}\p{M}'’. -]+$/u;
const STREET = /^(?=.*\p{L}{2}).*\s.*$/su;

const SIGNS: readonly Sign[] = [
  { about: "email", text: (text) => EMAIL.test(text), certain: (text) => EMAIL.test(text), distinct: 0 },
  { about: "url", text: isUrl, certain: isUrl, distinct: 0.5 },
  {
    about: "card",
    column: /(?:credit|debit|bank)[ _-]?card|card[ _-]?(?:no|nr|num|number)|\bcc[ _-]?num|\bpan$/i,
    text: (text) => /^\d(?:[ -]?\d){11,18}$/.test(text),
    certain: isCard,
    distinct: 0,
  },
  {
    about: "phone",
    column: /phone|\btel\b|telefon|mobile|cell[ _]?(?:no|nr|num)|\bfax\b|handy/i,
    text: (text) => PHONE.test(text) || SURE_PHONE.test(text),
    certain: (text) => SURE_PHONE.test(text),
    distinct: 0.5,
  },
  { about: "firstName", column: /^(?:first|given|fore|middle)[ _-]?name|^vorname/i, text: isWords, distinct: 0 },
  {
    about: "lastName",
    column: /^(?:last|family|sur|maiden)[ _-]?name|^nachname|^familienname/i,
    text: isWords,
    distinct: 0,
  },
  {
    about: "name",
    column:
      /(?:full|customer|client|patient|employee|person|contact|student|member|passenger|owner|guest|user)[ _-]?name/i,
    text: (text) => isWords(text) || CAPITALISED.test(text),
    distinct: 0.3,
  },
  { about: "name", column: /^name$/i, text: (text) => CAPITALISED.test(text), distinct: 0.6 },
  {
    about: "address",
    column: /address|street|adresse|stra(?:ss|ß)e|^anschrift/i,
    text: (text) => STREET.test(text),
    distinct: 0.5,
  },
];

/** The least rows, and different texts, of which something is said. */
const LEAST = 5;
const NEARLY_ALL = 0.9;
const LOOKED_AT = 2000;

/** Whom or what a column's texts are about where they let persons be recognised, by its name and by what they look like. */
export function personalKind(name: string, { texts, present }: Values): PersonalKind | null {
  if (texts.length < LEAST) return null;
  const sample = texts.filter((_, i) => i % Math.ceil(texts.length / LOOKED_AT) === 0);
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  const found = SIGNS.find(({ column, text, certain, distinct }) => {
    const like = column?.test(spaced) ? text : certain;
    if (!like || texts.length < distinct * present) return false;
    let fitting = 0;
    for (const one of sample) if (like(one.trim())) fitting++;
    return fitting >= NEARLY_ALL * sample.length;
  });
  return found?.about ?? null;
}

function isUrl(text: string): boolean {
  return /^(?:https?:\/\/|www\.)[^\s]+$/i.test(text);
}

function isWords(text: string): boolean {
  return text.length <= 60 && WORDS.test(text);
}

/** Numbers of payment cards: 13 to 19 digits of which the last checks the others, by Luhn's rule. */
function isCard(text: string): boolean {
  if (!/^[2-6]\d{3}(?:[ -]?\d){8,15}$/.test(text)) return false;
  const digits = text.replace(/\D/g, "");
  return luhnDigit(digits.slice(0, -1)) === digits.at(-1);
}
