import { luhnDigit } from "./luhn.js";
import type { ColumnOf } from "./schema.js";
import type { Values } from "./values.js";

/** What texts are about that are not to be copied. */
export type PersonalKind = Exclude<ColumnOf<"text">["about"], "free">;

/** What tells a column that is about something: its name and what nearly all its texts are like, or texts that are sure by themselves. */
interface Sign {
  readonly about: PersonalKind;
  readonly named?: { readonly column: RegExp; readonly like: (text: string) => boolean };
  readonly sure?: (text: string) => boolean;
  /** The least share of different texts: below it many rows have the same, which is nobody's own. */
  readonly distinct: number;
}

const CAPITALISED = /^(?:\p{Lu}\p{L}*\.? )?\p{Lu}[\p{L}'’-]+,?(?: \(?["“]?\p{Lu}[\p{L}'’.-]*["”]?\)?){1,5}$/u;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]{2,}$/;
const URL = /^(?:https?:\/\/|www\.)\S+$/i;
const PHONE = /^\+?\(?\d[\d\s()./-]{5,20}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i;
/** Written as only telephone numbers are: an international code, or a code of the area in parentheses or between marks. */
const SURE_PHONE =
  /^(?:\+\d{1,3}[\d\s()./-]{6,20}|(?:1[-. ])?\(\d{3}\)\s?\d{3}[-. ]\d{4}|\d{3}([-. ])\d{3}\1\d{4})(?:\s?x\d+)?$/;
const WORDS = /^[\p{L}\p{M}'’. -]+$/u;
const STREET = /^(?=.*\p{L}{2}).*\s.*$/su;

const SIGNS: readonly Sign[] = [
  { about: "email", sure: (text) => EMAIL.test(text), distinct: 0 },
  { about: "url", sure: (text) => URL.test(text), distinct: 0.5 },
  {
    about: "card",
    named: {
      column: /(?:credit|debit|bank)[ _-]?card|card[ _-]?(?:no|nr|num|number)|\bcc[ _-]?num|\bpan$/i,
      like: (text) => /^\d(?:[ -]?\d){11,18}$/.test(text),
    },
    sure: isCard,
    distinct: 0,
  },
  {
    about: "phone",
    named: {
      column: /phone|\btel\b|telefon|mobile|cell[ _]?(?:no|nr|num)|\bfax\b|handy/i,
      like: (text) => PHONE.test(text) || SURE_PHONE.test(text),
    },
    sure: (text) => SURE_PHONE.test(text),
    distinct: 0,
  },
  {
    about: "firstName",
    named: { column: /^(?:first|given|fore|middle)[ _-]?name|^fname$|^vorname/i, like: isWords },
    distinct: 0,
  },
  {
    about: "lastName",
    named: { column: /^(?:last|family|sur|maiden)[ _-]?name|^lname$|^nachname|^familienname/i, like: isWords },
    distinct: 0,
  },
  {
    about: "name",
    named: {
      column:
        /(?:full|customer|client|patient|employee|person|contact|student|member|passenger|owner|guest|user)[ _-]?name/i,
      like: (text) => isWords(text) || CAPITALISED.test(text),
    },
    distinct: 0,
  },
  { about: "name", named: { column: /^name$/i, like: (text) => CAPITALISED.test(text) }, distinct: 0.6 },
  {
    about: "address",
    named: { column: /address|street|adresse|stra(?:ss|ß)e|^anschrift/i, like: (text) => STREET.test(text) },
    distinct: 0.1,
  },
];

/** The least rows, and different texts, of which something is said. */
const LEAST = 5;
const NEARLY_ALL = 0.9;
const LOOKED_AT = 2000;

/** Whom or what a column's texts are about where they let persons be recognised, by its name, with spaces between words, and by what they look like. */
export function personalKind(name: string, { texts, present }: Values): PersonalKind | null {
  if (texts.length < LEAST) return null;
  const sample = texts.filter((_, i) => i % Math.ceil(texts.length / LOOKED_AT) === 0);
  const found = SIGNS.find(({ named, sure, distinct }) => {
    const like = named?.column.test(name) ? named.like : sure;
    if (!like || texts.length < distinct * present) return false;
    let fitting = 0;
    for (const one of sample) if (like(one.trim())) fitting++;
    return fitting >= NEARLY_ALL * sample.length;
  });
  return found?.about ?? null;
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
