// What a rank of the tests does, on compiled files: `node rank.mjs TASK...`.
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { InputError } from "../../dist/errors.js";
import { joinMpi } from "../../dist/parallel/mpi/joinMpi.js";
import { createRng } from "../../dist/random.js";

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const fail = (error, code) => {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return code;
};

const tasks = {
  /** Sums of seeded numbers of three lengths, five times each, with ranks that come at other moments every time. */
  async sums(ranks) {
    const rng = createRng(100 + ranks.rank);
    for (const length of [1, 1000, 300_001]) {
      const numbers = Float32Array.from(rng.normals(length));
      const hashes = new Set();
      const sums = new Float32Array(length);
      for (let time = 0; time < 5; time++) {
        await wait(Math.random() * 10);
        sums.set(numbers);
        await ranks.allReduce(sums);
        hashes.add(createHash("sha256").update(sums).digest("hex"));
      }
      say({ task: "sums", rank: ranks.rank, length, hashes: [...hashes], first: sums[0], last: sums.at(-1) });
    }
  },

  /** What a rank gets from a broadcast and from a gathering of uneven lengths, of which rank 0 gives nothing. */
  async bytes(ranks) {
    const { rank, size } = ranks;
    const text = rank === 0 ? "from rank 0, ".repeat(9000) : "not this";
    const given = Buffer.from(await ranks.broadcast(Buffer.from(text))).toString();
    const nothing = (await ranks.broadcast(new Uint8Array(rank))).length;
    const all = await ranks.gather(new Uint8Array(rank * 5000).fill(rank + 1));
    const gathered = all.map((bytes) => [bytes.length, ...new Set(bytes)]);
    say({ task: "bytes", rank, size, same: given === "from rank 0, ".repeat(9000), nothing, gathered });
  },

  /** The others wait while rank 0 does something else: what their timers and their cores do meanwhile. */
  async waits(ranks) {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    const before = process.cpuUsage();
    if (ranks.rank === 0) await wait(500);
    await ranks.allReduce(new Float32Array(1));
    const { user, system } = process.cpuUsage(before);
    clearInterval(timer);
    say({ task: "waits", rank: ranks.rank, ticks, busy: (user + system) / 1e6 });
  },

  /** Rank 1 is killed while the others wait for it. */
  async killed(ranks) {
    process.on("SIGTERM", () => {
      say({ rank: ranks.rank, heard: "SIGTERM" });
      process.exit(143);
    });
    await ranks.allReduce(new Float32Array(1));
    if (ranks.rank === 1) {
      await wait(200);
      process.kill(process.pid, "SIGKILL");
    }
    await ranks.allReduce(new Float32Array(1));
    say({ rank: ranks.rank, heard: "nothing" });
  },

  /** Rank 1 alone finds something wrong, and the others wait for it. */
  async wrong(ranks) {
    try {
      if (ranks.rank === 1) throw new InputError("this file is missing on rank 1 only");
      await ranks.allReduce(new Float32Array(1));
    } catch (error) {
      ranks.abort(fail(error, 2));
    }
  },
};

try {
  const ranks = await joinMpi();
  for (const task of process.argv.slice(2)) await tasks[task](ranks);
  await ranks.leave();
} catch (error) {
  process.exitCode = fail(error, 2);
}
