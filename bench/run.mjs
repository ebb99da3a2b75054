import { dirname } from "node:path";
import { checkWritable, writeFileAtomically } from "../dist/files.js";
import { reporting } from "./commandLine.mjs";
import { besideLastTable } from "./lastTable.mjs";
import { machine } from "./machine.mjs";
import { buildOurs } from "./measures/build.mjs";
import { measureGemm } from "./measures/gemm.mjs";
import { measureMemory } from "./measures/memory.mjs";
import { measureScaling } from "./measures/scaling.mjs";
import { measureStartup } from "./measures/startup.mjs";
import { measureTraining } from "./measures/training.mjs";
import { help, readOptions } from "./options.mjs";
import { participantsWith } from "./participants/participants.mjs";
import { LEGEND, markdownTable, notes, peakOf, terminalTable, withPeakShare } from "./report.mjs";
import { trainingRows } from "./rows.mjs";

const measures = { gemm: measureGemm, startup: measureStartup, memory: measureMemory, scaling: measureScaling };

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(help);
  if (options.json) await checkWritable(dirname(options.json));
  const tell = options.quiet ? () => {} : (line) => console.error(line);
  const participants = participantsWith(options.python, options.peers);
  const context = { participants, rounds: options.rounds, tell };
  const facts = await machine(["onnxruntime-node", "@tensorflow/tfjs", "@jax-js/jax"]);
  if (facts.machine.loadBefore > 1)
    tell(`The machine is busy (load ${facts.machine.loadBefore}): read nothing but ratios.`);
  const entries = [];
  for (const name of options.rows) {
    const found = await (measures[name] ?? measureTraining)(name, context);
    const peak = peakOf(entries, trainingRows[name]);
    if (peak && name in trainingRows) {
      const { flops } = await buildOurs(trainingRows[name]);
      entries.push(...found.map((entry) => withPeakShare(entry, flops, peak)));
    } else entries.push(...found);
    // After each row, so that an interruption loses one at most.
    if (options.json)
      await writeFileAtomically(options.json, json({ ...facts, rounds: options.rounds, rows: entries }));
  }
  console.log(options.markdown ? markdownTable(entries) : terminalTable(entries));
  console.log(`\n${[LEGEND, ...notes(entries)].join("\n")}\n\n${besideLastTable(entries)}`);
}

// What is under way is ended and its files are removed on exit; the rows that are done are in the JSON file.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

await reporting(main);
