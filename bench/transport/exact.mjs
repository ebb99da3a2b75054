// Exact optimal transport against POT's network simplex (C++), in turns on the same machine.
//
//     python3 -m venv bench/.venv && bench/.venv/bin/pip install POT==0.9.7.post1
//     npm run build && node bench/transport/exact.mjs [--python bench/.venv/bin/python] [--rounds 5] [--sizes 500,1000,2000,5000]
//
// Both solve the same points, and times are of the processor, which other work of the machine stretches least. Monge's is from points to
// certified solution, with V8's collector; POT's is `ot.emd2` on a finished cost matrix, and what `ot.dist` took to make that matrix stands
// beside it. Prints a table.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { exactTransportSync } from "../../dist/transport/exact.js";
import { ALONE } from "./alone.mjs";
import { clouds } from "./clouds.mjs";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "bench/.venv/bin/python" },
    rounds: { type: "string", default: "5" },
    sizes: { type: "string", default: "500,1000,2000,5000" },
  },
});
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(tmpdir(), "monge-bench-"));
const python = spawn(options.python, [fileURLToPath(new URL("pot.py", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
  env: { ...process.env, ...ALONE },
});
python.on("error", (error) => {
  console.error(`Cannot start ${options.python} (${error.message}); see the head of this file for how to install POT.`);
  process.exit(2);
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

async function askPot(request) {
  python.stdin.write(`${JSON.stringify(request)}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error("POT ended early.");
  return JSON.parse(value);
}

// V8 compiles what has run for a while (the first solution of a process takes about 0.1 s longer); POT comes compiled.
for (let i = 0; i < 30; i++) for (const dimension of [2, 32]) exactTransportSync(clouds(500, dimension));

const median = (times) => times.toSorted((p, q) => p - q)[times.length >> 1];
const table = new Table({
  head: ["dimension", "n", "Monge s", "POT emd2 s", "POT dist s", "emd2 / Monge", "difference"],
});
for (const dimension of [2, 32]) {
  for (const count of options.sizes.split(",").map(Number)) {
    const problem = clouds(count, dimension);
    const paths = { a: join(folder, "a.f64"), b: join(folder, "b.f64") };
    writeFileSync(paths.a, problem.a.points);
    writeFileSync(paths.b, problem.b.points);
    const times = { monge: [], pot: [], distances: [] };
    let difference = 0;
    for (let round = 0; round < rounds; round++) {
      const started = process.cpuUsage();
      const { cost } = exactTransportSync(problem);
      const { user, system } = process.cpuUsage(started);
      const pot = await askPot({ ...paths, dimension });
      difference = Math.max(difference, Math.abs(cost - pot.cost) / pot.cost);
      times.monge.push((user + system) / 1e6);
      times.pot.push(pot.solveSeconds);
      times.distances.push(pot.distanceSeconds);
    }
    const [monge, pot, distances] = [times.monge, times.pot, times.distances].map(median);
    table.push([
      dimension,
      count,
      ...[monge, pot, distances].map((seconds) => seconds.toFixed(3)),
      (pot / monge).toFixed(2),
      difference.toExponential(0),
    ]);
    console.error(`${dimension} dimensions, ${count} points: Monge ${monge.toFixed(3)} s, POT ${pot.toFixed(3)} s`);
  }
}
python.stdin.end();
rmSync(folder, { recursive: true });
console.log(`Median of ${rounds} rounds; difference is that of the two costs, relative.`);
console.log(table.toString());
