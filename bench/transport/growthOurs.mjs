// Solves one problem of growth.mjs, and prints its distance, seconds and most resident memory: node growthOurs.mjs A B DIMENSION
import { readFileSync } from "node:fs";
import { exactTransportSync } from "../../dist/transport/exact.js";
import { median } from "../statistics.mjs";

const [aFile, bFile, dimension] = process.argv.slice(2);
const points = (file) => {
  const bytes = readFileSync(file);
  return { points: new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8), dimension: Number(dimension) };
};
const problem = { a: points(aFile), b: points(bFile) };

function timed(solve) {
  const started = process.cpuUsage();
  const { cost } = solve();
  const { user, system } = process.cpuUsage(started);
  return { cost, seconds: (user + system) / 1e6 };
}

const WARM_UPS = 30;
const WARM_UP_POINTS = 500;
const WARM_UP_SECONDS = 2;
const ROUNDS = 3;
/** No further round is begun after so many seconds. */
const ENOUGH_SECONDS = 10;

const some = ({ points, dimension }) => ({ points: points.subarray(0, WARM_UP_POINTS * dimension), dimension });
const begun = process.cpuUsage();
for (let i = 0; i < WARM_UPS; i++) {
  const { user, system } = process.cpuUsage(begun);
  if ((user + system) / 1e6 < WARM_UP_SECONDS) exactTransportSync({ a: some(problem.a), b: some(problem.b) });
}
const rounds = [];
while (rounds.length < ROUNDS && rounds.reduce((sum, { seconds }) => sum + seconds, 0) < ENOUGH_SECONDS)
  rounds.push(timed(() => exactTransportSync(problem)));
const seconds = median(rounds.map((round) => round.seconds));
console.log(JSON.stringify({ cost: rounds[0].cost, seconds, mebibytes: process.resourceUsage().maxRSS / 1024 }));
