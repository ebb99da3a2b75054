import { quoted } from "../../quoting.js";
import { columnKind } from "./columnKind.js";

export const constant = columnKind("constant", {
  title: "constant",
  summary: "The same text in every row that has one.",
  modelled: "given",
  recognise({ name, asTexts, personal }, { chosen }) {
    if (asTexts.texts.length > 1 || (!chosen && personal())) return null;
    const [text] = asTexts.texts;
    // Nothing but missing values: they are what is always the same.
    if (text === undefined) {
      return {
        column: { type: "constant", name, missing: [], text: asTexts.missing[0] ?? "" },
        notes: ["has no values"],
      };
    }
    return {
      column: { type: "constant", name, missing: [...asTexts.missing], text },
      notes: asTexts.missing.length === 0 ? ["is the same in all rows, and written so"] : [],
    };
  },
  parse: () => () => 0,
  format:
    ({ text }) =>
    () =>
      text,
  describe: ({ text, missing }) =>
    text === "" ? "always empty" : `always ${quoted(text)}${missing.length > 0 ? " or missing" : ""}`,
});
