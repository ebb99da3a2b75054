import { list, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { LinkNote } from "../settings/url.js";

/** So many things are named; of more it is said how many. */
const MOST_NAMED = 3;

/** What could not be used of an address: a sentence for each kind of fault, however many there are. */
export function linkSentence(notes: readonly LinkNote[]): string {
  const words = text().app.link;
  const ofKind = (kind: LinkNote["kind"]) => notes.filter((note) => note.kind === kind);
  const [unknown, bad] = [ofKind("unknown"), ofKind("bad")];
  return [
    ...(unknown.length > 0 ? [words.unknown(few(unknown.map(({ name }) => words.quoted(name))))] : []),
    ...(bad.length > 0 ? [words.bad(few(bad.map(({ name, value }) => words.value(name, value))))] : []),
    ...(ofKind("missingPoints").length > 0 ? [words.missingPoints] : []),
    ...(ofKind("unusedPoints").length > 0 ? [words.unusedPoints] : []),
  ].join(" ");
}

function few(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return list(names);
  const others = text().app.link.more(whole(names.length - MOST_NAMED));
  return list([...names.slice(0, MOST_NAMED), others]);
}
