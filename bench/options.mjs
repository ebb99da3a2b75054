// @ts-check
import { parseArgs } from "node:util";
import { peerNames, REFERENCE } from "./participants/participants.mjs";
import { rowNames } from "./rows.mjs";

/** An option that cannot be; the message is one sentence that says what to do. */
export class OptionError extends Error {}

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
 * @throws {OptionError}
 */
export function readOptions(argv) {
  const { rows, peers, rounds, json, python, ...flags } = parsed(argv);
  const count = Number(rounds);
  if (!Number.isInteger(count) || count < 1) {
    throw new OptionError(`--rounds must be a whole number from 1, not "${rounds}".`);
  }
  return {
    ...flags,
    rows: chosen("row", rows, rowNames, rowNames),
    peers: chosen("peer", peers, [...peerNames, REFERENCE], peerNames),
    rounds: count,
    json,
    python,
  };
}

/**
 * @param {string} kind
 * @param {string | undefined} list
 * @param {readonly string[]} names
 * @param {readonly string[]} unnamed what is chosen where the option is not given
 */
function chosen(kind, list, names, unnamed) {
  const wanted = list?.split(",").map((name) => name.trim()) ?? unnamed;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(`There is no ${kind} "${unknown}"; the ${kind}s are ${names.join(", ")}.`);
  return names.filter((name) => wanted.includes(name));
}

function parsed(/** @type {readonly string[]} */ argv) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        rows: { type: "string" },
        peers: { type: "string" },
        rounds: { type: "string", default: "5" },
        json: { type: "string" },
        markdown: { type: "boolean", default: false },
        python: { type: "string" },
        quiet: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message.split(". ")[0] : error;
    throw new OptionError(`${problem}; see npm run bench -- --help.`);
  }
}
