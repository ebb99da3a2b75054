import { readFile } from "node:fs/promises";
import { beginOurs, withParticipants } from "../participants/join.mjs";
import { isEager } from "../participants/participants.mjs";
import { trainingRows } from "../rows.mjs";

const ROW = "toy-128";
const WARM_UP = 200;
const ITERATIONS = 2000;
const LIMIT_SECONDS = 400;

/**
 * Resident memory of a process that trains: the most it had, and what it grew by over 2,000 iterations, in MiB. Of the peers eager PyTorch
 * alone takes part.
 */
export function measureMemory(name, { participants, tell }) {
  const row = trainingRows[ROW];
  return withParticipants(async (begin) => {
    const written = await beginOurs(begin, participants.ours, { do: "set up", row });
    await written.process.stop();
    const found = [];
    for (const participant of [participants.ours, ...participants.peers.filter(isEager)]) {
      tell(`${name}: ${ITERATIONS} iterations of ${participant.name}`);
      const active = await begin(participant, { do: "start", row });
      const memory = active.absent ? { absent: active.absent } : await watched(active);
      found.push({ name: participant.name, ...memory });
      if (!active.absent) await active.process.stop();
    }
    const [ours, ...peers] = found;
    if (ours.absent) throw new Error(`The memory of Monge cannot be measured: ${ours.absent}`);
    const entry = (label, figures) => ({
      row: `${name}: ${label}, ${ROW}`,
      unit: "MiB",
      ours: figures(ours),
      peers: Object.fromEntries(
        peers.map((peer) => [peer.name, peer.absent ? { absent: peer.absent } : figures(peer)]),
      ),
    });
    return [
      entry("peak", ({ peak }) => ({ median: peak, min: peak, ratio: peak / ours.peak })),
      // Without a ratio: a quotient of two differences near 0 says nothing.
      entry(`growth over ${ITERATIONS} iterations`, ({ growth }) => ({ median: growth, min: growth })),
    ];
  });
}

async function watched({ process }) {
  const run = (iterations) => process.ask({ do: "run", iterations }, LIMIT_SECONDS);
  const warm = await run(WARM_UP);
  const before = await residentOf(process.pid);
  const done = warm.absent ? warm : await run(ITERATIONS);
  const after = await residentOf(process.pid);
  if (!before || !after) return { absent: "resident memory is read from /proc, which only Linux has" };
  if (done.absent) return done;
  return { peak: after.peak, growth: after.now - before.now };
}

/** The resident memory of a process in MiB, now and at most; `undefined` where there is no /proc. */
export async function residentOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const mebibytes = (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return status && { now: mebibytes("VmRSS"), peak: mebibytes("VmHWM") };
}
