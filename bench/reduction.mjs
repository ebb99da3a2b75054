// How long the ranks of an MPI job take to sum vectors of 1 KB to 40 MB, whatever they are: as many as mpirun starts.
//   npm run build && mpirun -n 2 node bench/reduction.mjs
import { joinMpi } from "../dist/parallel/mpi/joinMpi.js";
import { summary } from "./statistics.mjs";

const LENGTHS = [256, 2560, 25_600, 256_000, 2_560_000, 10_240_000];
/** Seconds that a length gets, after three sums that do not count. */
const SHARE = 1;

const ranks = await joinMpi();
const say = (line) => ranks.rank === 0 && console.log(line);

/** Seconds of one sum. */
async function timed(numbers) {
  const begun = process.hrtime.bigint();
  await ranks.allReduce(numbers);
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

say(`| bytes | ${ranks.size} ranks: median | minimum | GB/s |`);
say("| ---: | ---: | ---: | ---: |");
for (const length of LENGTHS) {
  const numbers = new Float32Array(length);
  const trials = [await timed(numbers), await timed(numbers), await timed(numbers)];
  // As often on every rank.
  const [first] = await ranks.gather(Buffer.from(`${Math.min(...trials)}`));
  const times = [];
  const often = Math.max(5, Math.min(2000, Math.round(SHARE / Number(Buffer.from(first)))));
  for (let i = 0; i < often; i++) times.push(await timed(numbers));
  const { median, min } = summary(times);
  const bytes = 4 * length;
  say(
    `| ${bytes.toLocaleString("en")} | ${milliseconds(median)} | ${milliseconds(min)} | ${(bytes / median / 1e9).toFixed(2)} |`,
  );
}
await ranks.leave();

function milliseconds(seconds) {
  return `${(seconds * 1000).toPrecision(3)} ms`;
}
