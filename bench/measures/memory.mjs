import { readFile } from "node:fs/promises";
import { beginOurs, withParticipants } from "../participants/join.mjs";
import { trainingRows } from "../rows.mjs";

const ROW = "toy-128";
const WARM_UP = 200;
const ITERATIONS = 2000;
const LIMIT_SECONDS = 400;

/** Resident memory of a process that trains: the most it had, and what it grew by over 2,000 iterations, in MiB. */
export function measureMemory(name, { participants: { ours, peers }, tell }) {
  const row = trainingRows[ROW];
  return withParticipants(async (begin) => {
    const eager = peers.find((peer) => peer.name === "torch eager");
    const written = await beginOurs(begin, ours, { do: "set up", row });
    await written.process.stop();
    const found = [];
    for (const participant of [ours, eager]) {
      tell(`${name}: ${ITERATIONS} iterations of ${participant.name}`);
      const active = await begin(participant, { do: "start", row });
      found.push(active.absent ? { absent: active.absent } : await watched(active));
      if (!active.absent) await active.process.stop();
    }
    const [us, them] = found;
    if (us.absent) throw new Error(`The memory of Monge cannot be measured: ${us.absent}`);
    const entry = (label, pick) => ({
      row: `${name}: ${label}, ${ROW}`,
      unit: "MiB",
      ours: { median: pick(us), min: pick(us) },
      peers: {
        [eager.name]: them.absent
          ? { absent: them.absent }
          : { median: pick(them), min: pick(them), ratio: pick(them) / pick(us) },
      },
    });
    const growth = entry(`growth over ${ITERATIONS} iterations`, ({ growth }) => growth);
    // A quotient of two differences near 0 says nothing.
    delete growth.peers[eager.name].ratio;
    return [entry("peak", ({ peak }) => peak), growth];
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

/** The resident memory of a process in MiB. */
async function residentOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  const mebibytes = (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return status && { now: mebibytes("VmRSS"), peak: mebibytes("VmHWM") };
}
