import { appendFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { systemReason } from "../../files.js";
import type { TrainEvent } from "../../training/train.js";
import type { TrainingRanks } from "../../training/trainingRanks.js";
import { warn } from "../warn.js";
import type { Member } from "./member.js";

/** Within the folder of a run: what each rank says of itself. */
const LOGS = "ranks";
/** Milliseconds between two lines of a rank in training. */
const BETWEEN = 10_000;

export interface RankLogOptions {
  readonly directory: string;
  /** Whether the run is a new one: the logs of the one that was there before go. */
  readonly isNew: boolean;
  readonly iteration: number;
  readonly iterations: number;
}

/** The log of one rank, `ranks/rank-N.log` in the folder of the run on its machine. */
export interface RankLog {
  /** The ranks, with the time that this one waits for sums measured. */
  readonly ranks: TrainingRanks;
  /** Writes what there is to say of what happened. A log that cannot be written is told once, and training goes on. */
  note(event: TrainEvent): Promise<void>;
}

/** The log of a rank, which begins when training does. */
export function rankLog(member: Member, { directory, isNew, iteration, iterations }: RankLogOptions): RankLog {
  const { rank, size, syncBatchNorm, threads } = member;
  const folder = join(directory, LOGS);
  const path = join(folder, nameOf(rank));
  let waited = 0;
  let last = { iteration, at: performance.now(), waited };
  const write = (text: string) => appendFile(path, `${new Date().toISOString()} ${text}\n`);
  const begin = async () => {
    await mkdir(folder, { recursive: true });
    if (isNew && rank === 0) await removeOthers(folder, size);
    if (isNew) await writeFile(path, "");
    const task = `from iteration ${iteration} of ${iterations}, on ${threads} thread${threads === 1 ? "" : "s"}`;
    await write(`rank ${rank} of ${size}, process ${process.pid} on ${hostname()}: ${task}`);
    last = { iteration, at: performance.now(), waited };
  };
  const step = async (iteration: number) => {
    const now = performance.now();
    if (now - last.at < BETWEEN) return;
    const count = iteration - last.iteration;
    const each = ((now - last.at) / count).toFixed(2);
    const waiting = ((waited - last.waited) / count).toFixed(2);
    last = { iteration, at: now, waited };
    await write(`iteration ${iteration}: ${each} ms an iteration, ${waiting} of it in sums over the ranks`);
  };
  const written = async (event: TrainEvent) => {
    if (event.type === "start") await begin();
    if (event.type === "step") await step(event.iteration);
    if (event.type === "end" || event.type === "stopped")
      await write(`${event.type} at iteration ${event.progress.iteration}`);
    if (event.type === "diverged") await write(event.message);
  };
  let isWritable = true;
  return {
    ranks: {
      ...{ rank, size, syncBatchNorm },
      async allReduce(numbers) {
        const begun = performance.now();
        await member.allReduce(numbers);
        waited += performance.now() - begun;
      },
    },
    async note(event) {
      if (!isWritable) return;
      await written(event).catch((error: unknown) => {
        isWritable = false;
        warn([`The log of rank ${rank} cannot be written to ${path}: ${systemReason(error) ?? String(error)}.`]);
      });
    },
  };
}

function nameOf(rank: number): string {
  return `rank-${rank}.log`;
}

/** Removes the logs of ranks that a run with so many does not have. */
async function removeOthers(folder: string, size: number): Promise<void> {
  const own = new Set(Array.from({ length: size }, (_, rank) => nameOf(rank)));
  const logs = (await readdir(folder)).filter((name) => /^rank-\d+\.log$/.test(name) && !own.has(name));
  await Promise.all(logs.map((name) => rm(join(folder, name), { force: true })));
}
