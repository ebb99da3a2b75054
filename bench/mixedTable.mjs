import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createRng } from "../dist/random.js";

/** One column after the other; all depend on the row's own number, from 0 to 1. */
const KINDS = [
  (own) => `${Math.floor(100 * own)}`,
  (own, rng) => (1000 * own + rng.uniform()).toFixed(2),
  (own, rng) => ["red", "green", "blue", "grey"][Math.floor(4 * own * rng.uniform())],
  (own, rng) => (own * rng.uniform() > 0.2 ? "yes" : "no"),
  (own) => new Date(Date.UTC(2020, 0, 1) + Math.floor(1000 * own) * 86_400_000).toISOString().slice(0, 10),
  (own, rng) => (rng.uniform() < 0.1 ? "" : `${Math.floor(1e6 * own * rng.uniform())}`),
  (own, rng) => `k${Math.floor(50 * own * rng.uniform())}`,
  (own, rng) => (own + rng.uniform()).toPrecision(6),
];

/** Writes a CSV file of an identifier and columns of eight kinds: whole numbers, amounts, words, dates, some of them missing. */
export async function writeTable(path, rows, columns) {
  const rng = createRng(0);
  const file = createWriteStream(path);
  file.write(`id,${Array.from({ length: columns - 1 }, (_, c) => `c${c + 1}`).join()}\n`);
  for (let row = 1; row <= rows; row++) {
    const own = rng.uniform();
    const cells = Array.from({ length: columns - 1 }, (_, c) => KINDS[c % KINDS.length]((own + c / 10) % 1, rng));
    if (!file.write(`${row},${cells.join()}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}
