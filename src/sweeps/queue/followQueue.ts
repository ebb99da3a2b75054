import { setTimeout as delay } from "node:timers/promises";
import type { Job, Queue } from "bullmq";
import type { PairingProgress } from "../../runs/pairingRun.js";
import type { RunResult } from "../../runs/results.js";
import { packageVersion } from "../../version.js";
import { keptResult, saveResult } from "../runOutcome.js";
import { type PlannedRun, runFolder, type SweepPlan } from "../sweepPlan.js";
import { queueAddress } from "./queueAddress.js";
import { connectQueue, type QueueConnection } from "./queueConnection.js";
import { announceSweep, type JobData, outcomeSchema, PREFIX, progressSchema, withdrawSweep } from "./queueJobs.js";
import { queuePackages } from "./queuePackages.js";
import { receiveModel, removeModel } from "./sentFiles.js";

/** Between two looks at the queue. */
const LOOK_MILLISECONDS = 500;
/** Jobs that are fetched at a time. */
const AT_A_TIME = 20;
/** Tries of a run that fails in a way that another try may help. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MILLISECONDS = 2_000;
/** Runs wait for so long before it is told that no worker takes them. */
const PATIENCE_MILLISECONDS = 20_000;

export interface FollowQueueOptions {
  /** The address of a Redis server (`queueAddress`). */
  readonly queue: string;
  /** Whether the models are to come back too. */
  readonly models: boolean;
  /** Sweeps of higher priority are worked on first. */
  readonly priority: number;
  /** How long a queue that went away is tried to be reached again. */
  readonly reconnectSeconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PairingProgress, run: PlannedRun) => void;
  /** Called when a run has come back, before its result is written to its folder; the picture is a PNG. */
  readonly onOutcome: (result: RunResult, picture: Uint8Array | undefined, run: PlannedRun) => Promise<void>;
  readonly onNews: (sentence: string) => void;
}

/** A run that no worker could train, and why. */
export interface FailedRun {
  readonly run: PlannedRun;
  readonly reason: string;
}

/**
 * Has some runs of the sweep in `directory` trained by the workers of a queue, and writes what comes back. Jobs that are in the queue from an
 * earlier call are gone on with.
 * @returns the runs that failed
 * @throws InputError where the queue cannot be reached, or goes away for too long; the same call goes on then
 * @throws the signal's reason where it stopped the work; what is in the queue stays there
 */
export async function followQueue(
  directory: string,
  plan: SweepPlan,
  runs: readonly PlannedRun[],
  options: FollowQueueOptions,
): Promise<readonly FailedRun[]> {
  const { priority, reconnectSeconds, signal, onNews } = options;
  const address = queueAddress(options.queue);
  const packages = await queuePackages();
  const connection = await connectQueue(packages, address, { reconnectSeconds, onNews });
  const { client, ask } = connection;
  const queue: Queue<JobData> = new packages.bullmq.Queue(plan.id, { connection: client, prefix: PREFIX });
  // What went wrong is told by whoever asked.
  queue.on("error", () => {});
  try {
    const sweep = { id: plan.id, monge: await packageVersion(), priority, since: Date.now() };
    const put = async (open: readonly PlannedRun[]) => {
      await announceSweep(client, sweep);
      await enqueue(queue, plan, open, options.models);
    };
    await ask(() => put(runs));
    const failed = await collect(directory, plan, runs, { queue, connection, options, put, shown: address.shown });
    await ask(async () => {
      await withdrawSweep(client, plan.id);
      await queue.obliterate({ force: true });
    });
    return failed;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    connection.close();
    await queue.close().catch(() => {});
  }
}

/**
 * Forgets a sweep that is to be replaced: its jobs go, and workers give up what they train of it.
 * @throws InputError where the queue cannot be reached
 */
export async function forgetSweep({ id }: Pick<SweepPlan, "id">, address: string): Promise<void> {
  const packages = await queuePackages();
  const connection = await connectQueue(packages, queueAddress(address), { reconnectSeconds: 10, onNews() {} });
  const queue = new packages.bullmq.Queue(id, { connection: connection.client, prefix: PREFIX });
  queue.on("error", () => {});
  try {
    await connection.ask(() => withdrawSweep(connection.client, id));
    await connection.ask(() => queue.obliterate({ force: true }));
  } finally {
    connection.close();
    await queue.close().catch(() => {});
  }
}

/** Puts runs into the queue that are not in work and have not come back; those that failed before get another chance. */
async function enqueue(
  queue: Queue<JobData>,
  { data: { fingerprint } }: SweepPlan,
  runs: readonly PlannedRun[],
  wantsModel: boolean,
): Promise<void> {
  await queue.drain(true);
  for (const job of await queue.getFailed(0, -1)) await job.remove();
  const opts = { attempts: ATTEMPTS, backoff: { type: "exponential", delay: FIRST_PAUSE_MILLISECONDS } };
  await queue.addBulk(
    runs.map(({ name, config }) => ({
      name,
      data: { config, fingerprint, wantsModel },
      opts: { ...opts, jobId: name },
    })),
  );
}

interface Collecting {
  readonly queue: Queue<JobData>;
  readonly connection: QueueConnection;
  readonly options: FollowQueueOptions;
  /** Puts runs into the queue. */
  readonly put: (runs: readonly PlannedRun[]) => Promise<void>;
  readonly shown: string;
}

async function collect(
  directory: string,
  plan: SweepPlan,
  runs: readonly PlannedRun[],
  { queue, connection: { client, ask }, options, put, shown }: Collecting,
): Promise<readonly FailedRun[]> {
  const { signal, onProgress, onOutcome, onNews } = options;
  const open = new Map(runs.map((run) => [run.name, run]));
  const failed: FailedRun[] = [];
  const warned = new Map<string, number>();
  let workedOnAt = performance.now();
  /** Writes what a run came to, once, and then takes it out of the queue. */
  const take = async (job: Job<JobData>) => {
    const run = open.get(job.id ?? "");
    const folder = run && runFolder(directory, run);
    if (run && folder !== undefined && !(await keptResult(folder))) {
      const { data: outcome } = outcomeSchema.safeParse(job.returnvalue);
      if (outcome) {
        const { result, picture, model } = outcome;
        if (model) await ask(() => receiveModel(client, plan.id, run.name, model, folder));
        await onOutcome(result, picture === null ? undefined : Buffer.from(picture, "base64"), run);
        await saveResult(folder, result);
        if (model) await ask(() => removeModel(client, plan.id, run.name, model));
      } else failed.push({ run, reason: "what came back is nothing that a worker of this version sends." });
    }
    open.delete(job.id ?? "");
    await ask(() => job.remove());
  };
  while (open.size > 0) {
    signal.throwIfAborted();
    const completed = await ask(() => queue.getCompleted(0, AT_A_TIME - 1));
    for (const job of completed) await take(job);
    const refused = await ask(() => queue.getFailed(0, AT_A_TIME - 1));
    for (const job of refused) {
      const run = open.get(job.id ?? "");
      if (run) failed.push({ run, reason: job.failedReason });
      open.delete(job.id ?? "");
      await ask(() => job.remove());
    }
    const active = await ask(() => queue.getActive());
    for (const job of active) {
      const run = open.get(job.id ?? "");
      const { data: progress } = progressSchema.safeParse(job.progress);
      if (!run || !progress) continue;
      const { warnings, doing, evaluation, iteration, iterations } = progress;
      onProgress(
        { iteration, iterations, ...(doing !== undefined && { doing }), ...(evaluation && { evaluation }) },
        run,
      );
      const fresh = warnings.slice(warned.get(run.name) ?? 0);
      for (const warning of fresh) onProgress({ iteration, iterations, warning }, run);
      warned.set(run.name, warnings.length);
    }
    if (active.length > 0 || completed.length > 0) workedOnAt = performance.now();
    if (performance.now() - workedOnAt > PATIENCE_MILLISECONDS) {
      onNews(`${open.size} runs wait at ${shown} and no worker takes them: monge worker --queue ${shown}`);
      workedOnAt = Number.POSITIVE_INFINITY;
    }
    if (completed.length + refused.length > 0) continue;
    // A server that keeps nothing on disk has lost all jobs when it starts again.
    const counts = active.length > 0 ? undefined : await ask(() => queue.getJobCounts());
    if (counts && Object.values(counts).every((count) => count === 0)) await ask(() => put([...open.values()]));
    await delay(LOOK_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
  return failed;
}
