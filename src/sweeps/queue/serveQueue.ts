import { availableParallelism, hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "bullmq";
import { packageVersion } from "../../version.js";
import { queueAddress } from "./queueAddress.js";
import { connectQueue } from "./queueConnection.js";
import { PREFIX, type QueuedSweep, queuedSweeps } from "./queueJobs.js";
import { queuePackages } from "./queuePackages.js";
import { type ServedRun, type ServeRunOptions, serveRun } from "./serveRun.js";

/** Between two looks at a queue that has nothing to do. */
const LOOK_MILLISECONDS = 1_000;
/** A worker that stopped answering never makes a run fail, however often it happens. */
const MOST_STALLED = 1_000_000;

export interface ServeQueueOptions
  extends Pick<ServeRunOptions, "places" | "modules" | "pictureOf" | "onProgress" | "onNews"> {
  /** The address of a Redis server (`queueAddress`). */
  readonly queue: string;
  /** The only sweep whose runs are taken. Default: all. */
  readonly sweep: string | undefined;
  /** Runs at a time, each in a thread of its own. */
  readonly concurrency: number;
  /** Ends when nothing waits. */
  readonly drain: boolean;
  /** A worker that has not been heard of for so long has died: its run goes to another. */
  readonly stalledSeconds: number;
  /** How long a queue that went away is tried to be reached again. */
  readonly reconnectSeconds: number;
  /** Gives back what is in work, and ends. */
  readonly signal: AbortSignal;
}

/**
 * Trains runs of the sweeps of a queue, until `signal` stops it or, where it drains the queue, nothing waits.
 * @throws InputError where the queue cannot be reached, or goes away for too long: what is finished is kept then, and sent by a later worker
 * of this machine
 */
export async function serveQueue(options: ServeQueueOptions): Promise<void> {
  const { concurrency, drain, stalledSeconds, reconnectSeconds, signal, onNews } = options;
  const address = queueAddress(options.queue);
  const packages = await queuePackages();
  const connection = await connectQueue(packages, address, { reconnectSeconds, onNews });
  const { client, ask } = connection;
  const version = await packageVersion();
  const workers = new Map<string, Worker>();
  const lockMilliseconds = 1000 * stalledSeconds;
  const workerOf = (sweep: string): Worker => {
    const known = workers.get(sweep);
    if (known) return known;
    const worker = new packages.bullmq.Worker(sweep, null, {
      ...{ connection: client, prefix: PREFIX, name: hostname(), autorun: false },
      ...{ lockDuration: lockMilliseconds, stalledInterval: lockMilliseconds, maxStalledCount: MOST_STALLED },
    });
    // What went wrong is told by whoever asked.
    worker.on("error", () => {});
    void worker.startStalledCheckTimer();
    workers.set(sweep, worker);
    return worker;
  };
  const threads = Math.max(1, Math.floor(availableParallelism() / concurrency));
  const underWay = new Set<Promise<void>>();
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const refused = new Set<string>();
  const begin = (served: ServedRun) => {
    const work = serveRun(served, { ...options, packages, connection, threads, lockMilliseconds, signal: stop })
      .catch((error: unknown) => failure.abort(error))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  const sweepsHere = async (): Promise<QueuedSweep[]> => {
    const all = await ask(() => queuedSweeps(client));
    for (const { id, monge } of all)
      if (monge !== version && !refused.has(id)) {
        refused.add(id);
        onNews(`The sweep ${id} is of monge ${monge}, and this is ${version}: its runs are left to other workers.`);
      }
    const usable = all.filter(({ id, monge }) => monge === version && (options.sweep ?? id) === id);
    for (const [id, worker] of workers)
      if (!usable.some((sweep) => sweep.id === id)) {
        workers.delete(id);
        void worker.close(true).catch(() => {});
      }
    return usable;
  };
  /** Takes the first run that waits, of the sweep to be worked on first; whether there was one. */
  const takeOne = async (sweeps: readonly QueuedSweep[]): Promise<boolean> => {
    for (const { id } of sweeps) {
      const worker = workerOf(id);
      const token = `${hostname()}-${process.pid}-${performance.now()}`;
      const job = await ask(() => worker.getNextJob(token, { block: false }));
      if (!job) continue;
      begin({ sweep: id, job, token });
      return true;
    }
    return false;
  };
  try {
    while (!stop.aborted) {
      const sweeps = await sweepsHere();
      let found = true;
      while (found && underWay.size < concurrency && !stop.aborted) found = await takeOne(sweeps);
      if (drain && !found && underWay.size === 0) break;
      await Promise.race([...underWay, delay(LOOK_MILLISECONDS, undefined, { signal: stop }).catch(() => {})]);
    }
  } catch (error) {
    failure.abort(error);
  }
  await Promise.all(underWay);
  await Promise.all([...workers.values()].map((worker) => worker.close(true).catch(() => {})));
  connection.close();
  if (failure.signal.aborted) throw failure.signal.reason;
}
