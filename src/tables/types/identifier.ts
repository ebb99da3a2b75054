import { quoted } from "../../quoting.js";
import type { ColumnFacts } from "../columnFacts.js";
import { patternsOf, sequenceOf } from "../identifiers/identifierForm.js";
import { identifierMaker } from "../identifiers/identifierMaker.js";
import type { ColumnOf, IdentifierForm } from "../schema.js";
import { columnKind } from "./columnKind.js";
import { isLong } from "./isLong.js";

/** Names of columns whose numbers are names of rows. */
const NAMED =
  /^$|^unnamed|(?:^|[ _.-])(?:id|ids|key|pk|uuid|guid|idx|index|no|nr|num|number|code|row|rows|rownames?|sku|serial)$|^(?:id|key|index|rownames?|row)(?:[ _.-]|$)/i;
/** "customerid", but not "paid": what stands before "id" is a word for what is counted. */
const WRITTEN_TOGETHER =
  /(?:customer|client|user|order|product|item|passenger|patient|employee|person|member|account|transaction|session|record|student|case|event|device|invoice|player|loan|policy|booking|store|vendor|company|movie|film|host|subject|sample|object|post|visit|trip|station)(?:id|no|number|code|key)$/i;
/** Least rows for texts to be identifiers though the column's name does not say so, and for long ones. */
const [LEAST, FEW] = [10, 5];
const LONG = 8;
/** Capital letters and digits without a word between them. */
const CODE = /^[\p{Lu}\p{N}_.:/-]+$/u;
const LONGEST = 64;
/** The share of different texts from which some that occur twice are slips. */
const NEARLY_ALL = 0.95;

export const identifier = columnKind("identifier", {
  title: "identifier",
  summary: "A text that no two rows share: new ones of the same form are made.",
  modelled: "given",
  recognise(facts, { chosen }) {
    const { texts, missing, present } = facts.asTexts;
    if (!chosen && (texts.length < NEARLY_ALL * present || facts.personal() || !looksIt(facts))) return null;
    const form = sequenceOf(texts) ?? patternsOf(texts);
    const column: ColumnOf<"identifier"> = { type: "identifier", name: facts.name, missing: [...missing], form };
    return { column, notes: [`is an identifier: new ones are made, ${like(form)}`] };
  },
  parse: () => () => 0,
  format: ({ form }, { rng, seed }) => identifierMaker(form, rng.split(), seed),
  describe: ({ form }) => `new ones, ${like(form)}`,
});

/** Whether different texts name rows and say nothing else. */
function looksIt({ name, spaced, numbers, asTexts: { texts, present } }: ColumnFacts): boolean {
  if (present < 2) return false;
  const named = NAMED.test(spaced) || WRITTEN_TOGETHER.test(name);
  const reading = numbers();
  if (reading && !reading.padded && !isLong(texts)) {
    return (
      named && texts.length === present && reading.whole && reading.style.prefix === "" && reading.style.suffix === ""
    );
  }
  if (texts.some((text) => text.length > LONGEST || /\s/.test(text))) return false;
  const withDigits = texts.filter((text) => /\d/.test(text)).length;
  if (named && withDigits > 0) return true;
  const long = texts.every((text) => text.length >= LONG);
  if (present < (long ? FEW : LEAST)) return false;
  return withDigits > 0.9 * texts.length || texts.every((text) => CODE.test(text));
}

function like(form: IdentifierForm): string {
  if (form.kind === "patterns") return `like ${form.patterns[0]?.pattern ?? ""}`;
  return `from ${quoted(form.prefix + `${form.next}`.padStart(form.width, "0") + form.suffix)} on`;
}
