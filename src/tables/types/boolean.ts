import { quoted } from "../../quoting.js";
import { columnKind } from "./columnKind.js";

/** What means no, with what means yes beside it. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["no", "yes"],
  ["n", "y"],
  ["false", "true"],
  ["f", "t"],
  ["off", "on"],
  ["0", "1"],
  ["0.0", "1.0"],
  ["-1", "1"],
  ["-1.0", "1.0"],
  ["nein", "ja"],
  ["non", "oui"],
  ["no", "sí"],
  ["no", "si"],
  ["não", "sim"],
  ["nee", "ja"],
  ["nej", "ja"],
];

export const boolean = columnKind("boolean", {
  title: "boolean",
  summary: "One of two texts that mean no and yes, such as no and yes, F and T, 0 and 1.",
  modelled: "categories",
  recognise({ name, asNumbers: { texts, missing } }, { chosen }) {
    const [a, b] = texts;
    if (texts.length !== 2 || a === undefined || b === undefined) return null;
    const means = (text: string) => text.trim().toLowerCase();
    const pair = PAIRS.find(
      ([no, yes]) => (no === means(a) && yes === means(b)) || (no === means(b) && yes === means(a)),
    );
    if (!pair && !chosen) return null;
    const categories: [string, string] = pair ? (means(a) === pair[0] ? [a, b] : [b, a]) : a < b ? [a, b] : [b, a];
    return { column: { type: "boolean", name, missing: [...missing], categories }, notes: [] };
  },
  parse: ({ categories }) => {
    const [no, yes] = categories;
    return (text) => (text === no ? 0 : text === yes ? 1 : NaN);
  },
  format:
    ({ categories }) =>
    (value) =>
      categories[value > 0 ? 1 : 0],
  describe: ({ categories: [no, yes] }) => `${quoted(no)} or ${quoted(yes)}`,
});
