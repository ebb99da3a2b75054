// Where the time of Monge's iterations goes, by kind: npm run build && node bench/losses.mjs [--rows toy-128,dcgan-28-32]
//
// The iteration is the trainer's; the rest are runs of its program alone: on inputs that stay the same; of a program with the same state and
// one operation for each of its vectors; of a chain of small nodes. ONNX Runtime's profile only says how what is left divides into products,
// operations element by element, and moves of numbers.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chosen, parsed, reporting } from "./commandLine.mjs";
import { inMarkdown } from "./report.mjs";
import { trainingRows } from "./rows.mjs";

const script = fileURLToPath(new URL("participants/oursLosses.mjs", import.meta.url));

await reporting(async () => {
  const { rows } = parsed(process.argv.slice(2), { rows: { type: "string" } }, "node bench/losses.mjs");
  const names = chosen("row", rows, Object.keys(trainingRows), Object.keys(trainingRows));
  const found = [];
  for (const name of names) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(trainingRows[name])]);
    found.push([name, JSON.parse(stdout)]);
  }
  const kinds = Object.keys(found[0][1]);
  const lines = found.map(([name, seconds]) => [name, ...kinds.map((kind) => shown(seconds, kind))]);
  console.log(inMarkdown([["", ...kinds], ...lines]));
});

/** Milliseconds, and what share of the iteration they are. */
function shown(seconds, kind) {
  const milliseconds = Number((1000 * seconds[kind]).toPrecision(3));
  const share = Math.round((100 * seconds[kind]) / seconds.iteration);
  return kind === "iteration" ? `${milliseconds} ms` : `${milliseconds} (${share} %)`;
}
