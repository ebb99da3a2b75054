import { hasFirstName } from "./firstNames.js";
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
  /** The least number of different texts from which it is sure. Default: 1. */
  readonly least?: number;
  /** The least share of texts in which there is a common first name. Default: 0. */
  readonly firstNames?: number;
}

/** A column that names what its rows are of: people, or anything else. */
const NAME = /^(?:names?|naam|namn|nome|nombre)$/i;

const PARTICLES = "(?:(?:van|von|zu|de|der|den|da|di|del|della|do|dos|du|la|le|ten|ter|al|el|bin|ibn) )";
const CAPITALISED = new RegExp(
  `^(?:\\p{Lu}\\p{L}*\\.? )?${PARTICLES}*\\p{Lu}[\\p{L}'’-]+,?(?: ${PARTICLES}*\\(?["“]?\\p{Lu}[\\p{L}'’.-]*["”]?\\)?){1,5}$`,
  "u",
);
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
      like: (text) => isWords(text) || isFullName(text),
    },
    distinct: 0,
  },
  { about: "name", named: { column: NAME, like: isFullName }, distinct: 0.6, least: 5 },
  { about: "name", named: { column: NAME, like: isFullName }, distinct: 0, firstNames: 0.25 },
  { about: "firstName", named: { column: NAME, like: isWord }, distinct: 0, firstNames: 0.5 },
  {
    about: "address",
    named: { column: /address|street|adresse|stra(?:ss|ß)e|^anschrift/i, like: (text) => STREET.test(text) },
    distinct: 0.1,
  },
];

const NEARLY_ALL = 0.9;
const LOOKED_AT = 2000;

/** Whom or what a column's texts are about where they let persons be recognised, by its name, with spaces between words, and by what they look like. */
export function personalKind(name: string, { texts, present }: Values): PersonalKind | null {
  if (texts.length === 0) return null;
  const sample = sampleOf(texts);
  const found = SIGNS.find(({ named, sure, distinct, least = 1, firstNames = 0 }) => {
    const like = named?.column.test(name) ? named.like : sure;
    if (!like || texts.length < Math.max(least, distinct * present)) return false;
    return shareOf(sample, like) >= NEARLY_ALL && (firstNames === 0 || shareOf(sample, hasFirstName) >= firstNames);
  });
  return found?.about ?? null;
}

/** Whether texts may be names of people, by the column's name or by what they look like. */
export function mayNamePeople(name: string, { texts }: Values): boolean {
  if (texts.length === 0 || NAME.test(name)) return texts.length > 0;
  const sample = sampleOf(texts);
  return shareOf(sample, isFullName) >= NEARLY_ALL && shareOf(sample, hasFirstName) >= NEARLY_ALL / 2;
}

function sampleOf(texts: readonly string[]): readonly string[] {
  return texts.filter((_, i) => i % Math.ceil(texts.length / LOOKED_AT) === 0);
}

function shareOf(texts: readonly string[], like: (text: string) => boolean): number {
  return texts.reduce((count, text) => count + (like(text.trim()) ? 1 : 0), 0) / texts.length;
}

function isFullName(text: string): boolean {
  return CAPITALISED.test(text);
}

function isWord(text: string): boolean {
  return isWords(text) && !/\s/.test(text);
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
