// @ts-check
import { chosen, parsed, wholeNumber } from "./commandLine.mjs";
import { peerNames, REFERENCE } from "./participants/participants.mjs";
import { rowNames } from "./rows.mjs";

export const help = `Measures Monge and what could be used in its place on the same work, in turns, and prints a table.

    npm run bench -- [options]

--rows a,b      some of the rows (default: all): ${rowNames.join(", ")}
--peers a,b     some of the peers (default: all): ${peerNames.join(", ")}; and ${REFERENCE}
--rounds n      turns of each participant in a row (default: 5)
--json FILE     write the figures to FILE, anew after each row
--markdown      print the table as Markdown
--python FILE   the Python of the peers written in it (default: that of bench/.venv, which bench/participants/install.mjs makes)
--quiet         no progress on standard error
--help          this text
`;

/**
 * @typedef {{ help: boolean, rows: string[], peers: string[], rounds: number, json: string | undefined, python: string | undefined,
 *   markdown: boolean, quiet: boolean }} Options
 * @param {readonly string[]} argv
 * @returns {Options}
 * @throws {import("./commandLine.mjs").OptionError}
 */
export function readOptions(argv) {
  const { rows, peers, rounds, json, python, ...flags } = parsed(argv, OPTIONS, "npm run bench --");
  return {
    ...flags,
    rows: chosen("row", rows, rowNames, rowNames),
    peers: chosen("peer", peers, [...peerNames, REFERENCE], peerNames),
    rounds: wholeNumber("--rounds", rounds),
    json,
    python,
  };
}

const OPTIONS = /** @type {const} */ ({
  rows: { type: "string" },
  peers: { type: "string" },
  rounds: { type: "string", default: "5" },
  json: { type: "string" },
  markdown: { type: "boolean", default: false },
  python: { type: "string" },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
});
