import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Job } from "bullmq";
import { InputError } from "../../errors.js";
import type { RunConfig } from "../../runs/config.js";
import type { PairingProgress } from "../../runs/pairingRun.js";
import type { RunOutcome } from "../trainPlanned.js";
import { type QueueConnection, QueueGone } from "./queueConnection.js";
import { type JobOutcome, type JobProgress, jobSchema } from "./queueJobs.js";
import type { QueuePackages } from "./queuePackages.js";
import { sendModel } from "./sentFiles.js";
import { type DataPlaces, placedHere, removeWork, workingFolder, workOn } from "./workedRun.js";

/** Progress is sent no more often. */
const SENT_MILLISECONDS = 1_000;
/** A run that is given back and does not stop by then is given back all the same. */
const STOPPING_MILLISECONDS = 10_000;
const MOST_WARNINGS = 20;
/** A timer that does not keep the process. */
const UNHELD = { ref: false };
/** Redis holds it in memory until the sweep has it. */
const LARGEST_OUTCOME = 2 ** 25;

/** A run that a worker has taken. */
export interface ServedRun {
  readonly sweep: string;
  readonly job: Job;
  /** Of the lock on it. */
  readonly token: string;
}

export interface ServeRunOptions {
  readonly packages: QueuePackages;
  readonly connection: QueueConnection;
  readonly places: DataPlaces;
  /** The user's own modules (`importModules`). */
  readonly modules: readonly string[];
  readonly threads: number;
  /** How long the lock holds where it is not renewed. */
  readonly lockMilliseconds: number;
  /** The picture of the samples that a run ended with, as a PNG. */
  readonly pictureOf: (outcome: RunOutcome, config: RunConfig) => Promise<Uint8Array | undefined>;
  readonly onProgress: (progress: PairingProgress, run: { readonly sweep: string; readonly name: string }) => void;
  readonly onNews: (sentence: string) => void;
  /** Gives the run back. */
  readonly signal: AbortSignal;
}

/**
 * Trains a run of a queue and sends what it came to. A run that cannot be trained here fails with the reason; one that another worker was
 * given meanwhile is left to that one.
 * @throws InputError where the queue went away for too long; what was trained is kept for a later worker of this machine
 */
export async function serveRun({ sweep, job, token }: ServedRun, options: ServeRunOptions): Promise<void> {
  const { packages, connection, lockMilliseconds, signal, onNews } = options;
  const { ask } = connection;
  const name = job.id ?? "";
  const lost = new AbortController();
  const renewal = setInterval(async () => {
    // While the queue is away nothing is known, and the run goes on.
    const isOurs = await job.extendLock(token, lockMilliseconds).catch(() => undefined);
    if (isOurs === 0) lost.abort();
  }, lockMilliseconds / 3);
  const stop = AbortSignal.any([signal, lost.signal]);
  const training = trained({ sweep, job, token }, stop, options);
  try {
    const { outcome, directory } = await Promise.race([training, afterStop(stop)]);
    await settled(ask, () => job.moveToCompleted(outcome, token, false));
    await removeWork(directory);
  } catch (error) {
    if (error instanceof QueueGone) throw error;
    if (lost.signal.aborted) {
      onNews(`${name} was given to another worker in the meantime.`);
    } else if (signal.aborted) {
      // Of a queue that is away the lock ends by itself.
      await Promise.race([settled(ask, () => job.moveToWait(token)), delay(STOPPING_MILLISECONDS, undefined, UNHELD)]);
    } else {
      const { message } = error instanceof Error ? error : new Error(String(error));
      onNews(`${name} failed: ${message}`);
      const reason = `worker ${hostname()}: ${message}`;
      const failure = error instanceof InputError ? new packages.bullmq.UnrecoverableError(reason) : new Error(reason);
      await settled(ask, () => job.moveToFailed(failure, token, false));
    }
  } finally {
    clearInterval(renewal);
  }
}

/** Trains the run, and makes what is sent of it. */
async function trained(
  { sweep, job }: ServedRun,
  signal: AbortSignal,
  options: ServeRunOptions,
): Promise<{ readonly outcome: JobOutcome; readonly directory: string }> {
  const { connection, places, threads, modules, pictureOf } = options;
  const name = job.id ?? "";
  const { config: planned, fingerprint, wantsModel } = jobSchema.parse(job.data);
  const config = placedHere(planned, places);
  const directory = await workingFolder(sweep, name);
  const tell = progressSender(job);
  const onProgress = (progress: PairingProgress) => {
    options.onProgress(progress, { sweep, name });
    tell(progress);
  };
  const ended = await workOn(config, fingerprint, directory, { threads, modules, signal, onProgress });
  const picture = await pictureOf(ended, config);
  const model =
    wantsModel && ended.result.stopped === null
      ? await connection.ask(() => sendModel(connection.client, sweep, name, directory))
      : null;
  const encoded = picture ? Buffer.from(picture).toString("base64") : null;
  const outcome = { result: ended.result, picture: encoded, model };
  const bytes = JSON.stringify(outcome).length;
  if (bytes > LARGEST_OUTCOME)
    throw new InputError(
      `what comes back of this run has ${(bytes / 2 ** 20).toFixed(0)} MB, and ${LARGEST_OUTCOME / 2 ** 20} MB go through a queue at most: evaluate less often.`,
    );
  return { outcome, directory };
}

/** Sends how a run goes; what cannot be sent is not missed. */
function progressSender(job: Job): (progress: PairingProgress) => void {
  let sentAt = Number.NEGATIVE_INFINITY;
  let latest: JobProgress = { iteration: 0, iterations: 0, warnings: [] };
  return ({ warning, ...progress }) => {
    const warnings = warning === undefined ? latest.warnings : [...latest.warnings, warning].slice(0, MOST_WARNINGS);
    const { doing: _, ...before } = latest;
    latest = { ...before, ...progress, warnings };
    if (performance.now() - sentAt < SENT_MILLISECONDS) return;
    sentAt = performance.now();
    void job.updateProgress(latest).catch(() => {});
  };
}

/** Rejects some time after `signal` has stopped the work, so that what hangs is not waited for. */
function afterStop(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      "abort",
      () => void delay(STOPPING_MILLISECONDS, undefined, UNHELD).then(() => reject(signal.reason)),
      {
        once: true,
      },
    );
  });
}

/** Moves a job on; one that is no longer ours, or was moved by a try whose answer was lost, needs nothing more. */
async function settled(ask: QueueConnection["ask"], move: () => Promise<unknown>): Promise<void> {
  try {
    await ask(move);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && typeof error.code === "number" && error.code < 0)) throw error;
  }
}
