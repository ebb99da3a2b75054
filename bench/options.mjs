// @ts-check
import { parseArgs } from "node:util";
import { rowNames } from "./rows.mjs";

/** An option that cannot be; the message is one sentence that says what to do. */
export class OptionError extends Error {}

export const help = `Measures Monge and what could be used in its place on the same work, in turns, and prints a table.

    npm run bench -- [options]

--rows a,b      some of the rows (default: all): ${rowNames.join(", ")}
--rounds n      turns of each participant in a row (default: 7)
--json FILE     write the figures to FILE, anew after each row
--markdown      print the table as Markdown
--python FILE   the Python of the peers written in it (default: that of bench/.venv, which bench/participants/install.mjs makes)
--quiet         no progress on standard error
--help          this text
`;

/**
 * @param {readonly string[]} argv
 * @returns {{ help: boolean, rows: string[], rounds: number, json: string | undefined, python: string | undefined, markdown: boolean, quiet: boolean }}
 * @throws {OptionError}
 */
export function readOptions(argv) {
  const { rows, rounds, ...others } = parsed(argv);
  const chosen = rows === undefined ? rowNames : [...new Set(rows.split(",").map((row) => row.trim()))];
  const unknown = chosen.find((row) => !rowNames.includes(row));
  if (unknown !== undefined) {
    throw new OptionError(`There is no row "${unknown}"; the rows are ${rowNames.join(", ")}.`);
  }
  const count = Number(rounds);
  if (!Number.isInteger(count) || count < 1) {
    throw new OptionError(`--rounds must be a whole number from 1, not "${rounds}".`);
  }
  return { ...others, json: others.json, python: others.python, rows: chosen, rounds: count };
}

function parsed(/** @type {readonly string[]} */ argv) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        rows: { type: "string" },
        rounds: { type: "string", default: "7" },
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
