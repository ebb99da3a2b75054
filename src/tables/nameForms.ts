import type { Person } from "./madeUp.js";
import type { Weighted } from "./schema.js";

/** Names in which forms are looked for, and forms that are kept, the most frequent ones. */
const [LEARNED, MOST_FORMS] = [2000, 8];

const TITLE =
  /^(?:mr|mrs|ms|miss|mx|master|dr|prof|professor|sir|lady|rev|capt|col|herr|frau|mme|mlle|sr|sra|don|doña)\.?$/i;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|md|phd|dds|dvm|esq)\.?$/i;
const INITIAL = /^\p{Lu}(\.?)$/u;
/** What a form has in the place of a name, in the letters that it is written in. */
const PLACE = /\b(?:first|middle|last|First|Middle|Last|FIRST|MIDDLE|LAST|I)\b/g;

/** The forms that names of people are written in, such as "Last, Mr. First I.": nothing of the names themselves but titles such as "Dr.". */
export function nameForms(texts: readonly string[]): Weighted[] {
  const stride = Math.ceil(texts.length / LEARNED);
  const weights = new Map<string, number>();
  for (let i = 0; i < texts.length; i += stride) {
    const form = formOf(texts[i] ?? "");
    if (form !== "") weights.set(form, (weights.get(form) ?? 0) + 1);
  }
  const frequent = [...weights].sort(([, a], [, b]) => b - a).slice(0, MOST_FORMS);
  return frequent.map(([pattern, weight]) => ({ pattern, weight }));
}

/** A person's name in a form. */
export function writtenName(form: string, { first, middle, last }: Person): string {
  const names: Readonly<Record<string, string>> = { first, middle, last };
  return form.replace(PLACE, (place) => {
    if (place === "I") return middle.slice(0, 1);
    const name = names[place.toLowerCase()] ?? "";
    if (place === place.toUpperCase()) return name.toUpperCase();
    return place === place.toLowerCase() ? name.toLowerCase() : name;
  });
}

function formOf(text: string): string {
  // Nicknames and maiden names stand in brackets or quotation marks.
  const words = text.replace(/\s*["“(][^"”)]*["”)]/gu, "").trim();
  const [before = "", after, ...more] = words.split(/\s*,\s*/u);
  if (more.length > 0) return "";
  if (after === undefined || SUFFIX.test(after)) {
    const form = inOrder(before, "last");
    return after === undefined || form === "" ? form : `${form}, ${after}`;
  }
  const last = before.split(/\s+/u).findLast((word) => !TITLE.test(word)) ?? "";
  const others = inOrder(after, "middle");
  return last === "" || others === "" ? "" : `${inLettersOf(last, "last")}, ${others}`;
}

/** The form of names in the order in which they are said. @param ending what the last of several is */
function inOrder(text: string, ending: "middle" | "last"): string {
  // What is small among capitals stands before a last name, as "van" does.
  const isParticle = (word: string) => word === word.toLowerCase() && text !== text.toLowerCase();
  const words = text.split(/\s+/u).filter((word) => word !== "" && !isParticle(word));
  const isName = (word: string) => !TITLE.test(word) && !SUFFIX.test(word) && !INITIAL.test(word);
  const names = words.filter(isName);
  if (names.length === 0) return "";
  let named = 0;
  const form = words.map((word, i) => {
    if (INITIAL.test(word)) return `I${word.slice(1)}`;
    if (TITLE.test(word) && i === 0) return word;
    if (SUFFIX.test(word) && i === words.length - 1) return word;
    named++;
    if (named === 1) return inLettersOf(word, "first");
    return inLettersOf(word, named === names.length ? ending : "middle");
  });
  // A second middle name is the first again: one is enough.
  return form.filter((word, i) => word.toLowerCase() !== "middle" || word !== form[i - 1]).join(" ");
}

function inLettersOf(word: string, place: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return place.toUpperCase();
  if (word === word.toLowerCase()) return place;
  return place.slice(0, 1).toUpperCase() + place.slice(1);
}
