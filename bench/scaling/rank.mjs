// One rank of a training step that is timed. The argument is JSON: a row, threads, about how many seconds, and whether the ranks train apart.
import * as monge from "../../dist/index.js";
import { joinMpi } from "../../dist/parallel/mpi/joinMpi.js";
import { trainerOptions } from "../participants/oursOptions.mjs";

const FIRST = 3;
const WARM_UP_SECONDS = 1.5;
const { row, threads, seconds, isApart = false } = JSON.parse(process.argv[2]);
const ranks = await joinMpi();
const sums = { count: 0, bytes: 0, milliseconds: 0 };
const counted = {
  rank: ranks.rank,
  size: ranks.size,
  async allReduce(numbers) {
    const begun = performance.now();
    await ranks.allReduce(numbers);
    sums.milliseconds += performance.now() - begun;
    sums.bytes += numbers.byteLength;
    sums.count++;
  },
};
const trainer = await monge.createTrainer({
  ...trainerOptions(row, monge),
  threads,
  ...(ranks.size > 1 && !isApart && { ranks: counted }),
});
/** Milliseconds of some iterations. */
async function timed(iterations) {
  await ranks.allReduce(new Float32Array(1));
  const begun = performance.now();
  for (let i = 0; i < iterations; i++) await trainer.iterate();
  return performance.now() - begun;
}
const guess = Float32Array.of((await timed(FIRST)) / FIRST);
await ranks.allReduce(guess);
/** How many iterations take so many seconds, the same on all ranks. */
const within = (duration) => Math.max(5, Math.round((1000 * duration * ranks.size) / guess[0]));
// V8 optimises what it runs often, beside the computation.
await timed(within(WARM_UP_SECONDS));
const iterations = within(seconds);
Object.assign(sums, { count: 0, bytes: 0, milliseconds: 0 });
const milliseconds = (await timed(iterations)) / iterations;
const perIteration = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / iterations]));
// Whoever comes last does not wait: the least time in sums is what they take by themselves.
const waits = (await ranks.gather(new Uint8Array(Float64Array.of(perIteration.milliseconds).buffer))).map(
  (bytes) => new Float64Array(bytes.slice().buffer)[0],
);
if (ranks.rank === 0) console.log(JSON.stringify({ ...perIteration, milliseconds, sums: Math.min(...waits) }));
await trainer.release();
await ranks.leave();
