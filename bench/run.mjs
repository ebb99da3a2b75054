import { writeFileAtomically } from "../dist/files.js";
import { machine } from "./machine.mjs";
import { help, OptionError, readOptions } from "./options.mjs";
import { peersWith } from "./participants/peers.mjs";
import { LEGEND, markdownTable, notes, terminalTable } from "./report.mjs";
import { trainingRows } from "./rows.mjs";
import { measureTraining } from "./training.mjs";

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(help);
  const tell = options.quiet ? () => {} : (line) => console.error(line);
  const measure = { rounds: options.rounds, tell };
  const peers = peersWith(options.python);
  const facts = await machine();
  const rows = [];
  for (const name of options.rows) {
    rows.push(await measureTraining(name, trainingRows[name], peers, measure));
    // After each row, so that an interruption loses one at most.
    if (options.json) await writeFileAtomically(options.json, `${JSON.stringify({ ...facts, rows }, undefined, 2)}\n`);
  }
  console.log(options.markdown ? markdownTable(rows) : terminalTable(rows));
  console.log([LEGEND, ...notes(rows)].join("\n"));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
