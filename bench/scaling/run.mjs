// @ts-check
// How a training step scales over the ranks of an MPI job on this machine: node bench/scaling/run.mjs [--rows toy-128,toy-512] [--rounds 3]
import { parseArgs } from "node:util";
import { drawInputs } from "../../dist/game/inputs.js";
import * as monge from "../../dist/index.js";
import { gameOf } from "../../dist/training/trainer.js";
import { machine } from "../machine.mjs";
import { CRITIC_STEPS, trainerOptions } from "../participants/oursOptions.mjs";
import { trainingRows } from "../rows.mjs";
import { median } from "../statistics.mjs";
import { onRanks } from "./mpirun.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "toy-128,toy-512,dcgan-28-32" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "4" },
    json: { type: "boolean", default: false },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

/** A network between machines as the model has it: 10 Gbit/s, and half a message's way there and back. */
const NETWORK = { latency: 50e-3, bytesPerMillisecond: 1.25e6 };

/** Milliseconds that sums take over so many ranks, by recursive halving and doubling (Thakur et al. 2005, section 3). */
function modelledSums(/** @type {number} */ ranks, /** @type {{ count: number, bytes: number }} */ { count, bytes }) {
  const rounds = 2 * Math.log2(ranks);
  return count * rounds * NETWORK.latency + (2 * (1 - 1 / ranks) * bytes) / NETWORK.bytesPerMillisecond;
}

/** Milliseconds that drawing for the batch of a row takes, which every rank does. */
function drawing(/** @type {any} */ row) {
  const options = trainerOptions(row, monge);
  const [game, rng] = [gameOf(options), monge.createRng(0)];
  const size = { batch: row.batch, criticSteps: CRITIC_STEPS, withGenerator: true };
  const times = Array.from({ length: 50 }, () => {
    const begun = performance.now();
    drawInputs(game, size, options.data, rng, { critic: 0, generator: 0 });
    return performance.now() - begun;
  });
  return median(times);
}

const results = [];
for (const name of values.rows.split(",")) {
  const row = trainingRows[/** @type {keyof typeof trainingRows} */ (name)];
  const part = (/** @type {number} */ ranks) => ({ ...row, batch: Math.ceil(row.batch / ranks) });
  const cases = {
    one: { ranks: 1, threads: 1, row },
    threads: { ranks: 1, threads: 2, row },
    two: { ranks: 2, threads: 1, row },
    four: { ranks: 4, threads: 1, row },
    // What the cores can give: each rank trains its part of the batch by itself.
    apart: { ranks: 2, threads: 1, row: part(2), isApart: true },
    half: { ranks: 1, threads: 1, row: part(2) },
    quarter: { ranks: 1, threads: 1, row: part(4) },
    sixtyFourth: { ranks: 1, threads: 1, row: part(64) },
  };
  /** @type {Record<string, any[]>} */
  const found = {};
  for (let round = 1; round <= rounds; round++)
    for (const [which, { ranks, ...task }] of Object.entries(cases)) {
      process.stderr.write(`${name}, round ${round} of ${rounds}: ${which}\n`);
      found[which] = [...(found[which] ?? []), await onRanks(ranks, "rank.mjs", { ...task, seconds })];
    }
  const of = (/** @type {string} */ which, figure = "milliseconds") => median(found[which].map((one) => one[figure]));
  const sums = { count: of("two", "count"), bytes: of("two", "bytes") };
  results.push({ name, of, sums, draws: drawing(row) });
}
const figure = (/** @type {number} */ x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

if (values.json) {
  const plain = results.map(({ name, of, sums }) => ({
    name,
    sums,
    one: of("one"),
    threads: of("threads"),
    two: of("two"),
    four: of("four"),
  }));
  console.log(JSON.stringify({ ...(await machine(["onnxruntime-node", "koffi"])), rows: plain }, null, 2));
} else {
  console.log(
    `| row | 1 rank, ms | 2 threads | 2 ranks | 2 without sums | 4 on 2 cores | sums | KiB in sums | ms in sums, 2 ranks |`,
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const { name, of, sums } of results) {
    const times = (/** @type {string} */ which) => `${(of("one") / of(which)).toFixed(2)} ×`;
    const cells = [name, figure(of("one")), times("threads"), times("two"), times("apart"), times("four"), sums.count];
    console.log(`| ${[...cells, (sums.bytes / 1024).toFixed(0), figure(of("two", "sums"))].join(" | ")} |`);
  }
  console.log();
  console.log(
    "The model: an iteration is that of one rank with its part of the batch, drawing for the others, and the sums.",
  );
  console.log(
    "| row | drawing, ms | 2 ranks: modelled, ms | measured | 64 ranks, the same batch | speed-up | 64 ranks, 64 × the batch | speed-up |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { name, of, sums, draws } of results) {
    const overNetwork = modelledSums(64, sums);
    const strong = of("sixtyFourth") + (63 / 64) * draws + overNetwork;
    const weak = of("one") + 63 * draws + overNetwork;
    const two = of("half") + draws / 2 + of("two", "sums");
    const cells = [name, figure(draws), figure(two), figure(of("two")), figure(strong)];
    const ups = [`${(of("one") / strong).toFixed(1)} ×`, figure(weak), `${((64 * of("one")) / weak).toFixed(1)} ×`];
    console.log(`| ${[...cells, ...ups].join(" | ")} |`);
  }
}
