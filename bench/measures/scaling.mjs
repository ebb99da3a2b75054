import { beginOurs, withParticipants } from "../participants/join.mjs";
import { trainingRows } from "../rows.mjs";
import { fittedExponent, median } from "../statistics.mjs";
import { takeTurns } from "../turns.mjs";

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

/** How the time of an iteration grows: the b of time = a size^b that fits the measured times best, for ours and for PyTorch. */
export async function measureScaling(name, { participants: { ours, peers }, rounds, tell }) {
  const eager = peers.find((peer) => peer.name === "torch eager");
  const entries = [];
  for (const { label, values, at } of SERIES) {
    const points = { ours: [], peer: [] };
    let absent;
    for (const value of values) {
      const title = `${name}: ${label} ${value}`;
      await withParticipants(async (begin) => {
        const us = await beginOurs(begin, ours, { do: "set up", row: at(value) });
        const peer = absent ? { absent } : await begin(eager, { do: "start" });
        const taking = peer.absent ? [us] : [us, peer];
        await takeTurns(title, taking, { rounds: Math.min(rounds, MOST_ROUNDS), tell });
        absent = peer.absent;
        points.ours.push([value, median(us.times)]);
        if (!absent) points.peer.push([value, median(peer.times)]);
      });
    }
    entries.push({
      row: `${name}: ${label} ${values.join(", ")}`,
      unit: "exponent",
      ours: growth(points.ours),
      peers: { [eager.name]: absent ? { absent } : growth(points.peer) },
    });
  }
  return entries;
}

function growth(points) {
  const exponent = fittedExponent(points);
  return { median: exponent, min: exponent, seconds: Object.fromEntries(points) };
}
