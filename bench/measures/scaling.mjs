import { beginOurs, withParticipants } from "../participants/join.mjs";
import { isEager } from "../participants/participants.mjs";
import { trainingRows } from "../rows.mjs";
import { fittedExponent, median } from "../statistics.mjs";
import { takeTurns } from "../turns.mjs";
import { residentOf } from "./memory.mjs";

const TOY = trainingRows["toy-128"];
const DCGAN = { ...trainingRows["dcgan-28-32"], width: 16, batch: 16 };

/** What is varied, and the row at each of its values. */
const SERIES = [
  { label: "width, toy", values: [64, 128, 256, 512], at: (width) => ({ ...TOY, width }) },
  { label: "batch, toy", values: [64, 256, 1024], at: (batch) => ({ ...TOY, batch }) },
  { label: "image side, dcgan", values: [28, 32, 64], at: (side) => ({ ...DCGAN, sample: [side, side, 1] }) },
  { label: "batch, dcgan", values: [8, 16, 32], at: (batch) => ({ ...DCGAN, batch }) },
];
const MOST_ROUNDS = 3;

/**
 * How the time of an iteration grows: the b of time = a size^b that fits the measured times best, with the times and the most resident
 * memory at each size. Of the peers eager PyTorch alone takes part, with its first settings.
 */
export async function measureScaling(name, { participants, rounds, tell }) {
  const entries = [];
  for (const { label, values, at } of SERIES) {
    const series = [];
    for (const value of values) {
      tell(`${name}: ${label} ${value}`);
      series.push({ value, found: await timesOf(at(value), participants, Math.min(rounds, MOST_ROUNDS)) });
    }
    const names = series[0].found.map((participant) => participant.name);
    const [ours, ...peers] = names.map((_, i) => growth(series.map(({ value, found }) => [value, found[i]])));
    entries.push({
      row: `${name}: ${label} ${values.join(", ")}`,
      unit: "exponent",
      ours,
      peers: Object.fromEntries(peers.map((peer, i) => [names[i + 1], peer])),
    });
  }
  return entries;
}

function timesOf(row, participants, rounds) {
  return withParticipants(async (begin) => {
    const found = [await beginOurs(begin, participants.ours, { do: "set up", row })];
    for (const peer of participants.peers.filter(isEager)) found.push(await begin(peer, { do: "start" }));
    await takeTurns("", found, { rounds, tell: () => {} });
    return Promise.all(
      found.map(async ({ name, times, absent, process }) => ({
        name,
        times,
        absent,
        peak: absent === undefined ? (await residentOf(process.pid))?.peak : undefined,
      })),
    );
  });
}

/** @param {[size: number, participant: { times: number[], absent?: string, peak?: number }][]} points */
function growth(points) {
  const failed = points.find(([, { absent }]) => absent !== undefined);
  if (failed) return { absent: failed[1].absent };
  const medians = points.map(([size, { times }]) => [size, median(times)]);
  const exponent = fittedExponent(medians);
  const peaks = points.flatMap(([size, { peak }]) => (peak === undefined ? [] : [[size, peak]]));
  return { median: exponent, min: exponent, seconds: medians, mebibytes: peaks };
}
