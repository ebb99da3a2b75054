import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { sizeOf } from "../../engine/index.js";
import { InputError } from "../../errors.js";
import { writeFileAtomically } from "../../files.js";
import { finishLength } from "../../runs/finishLength.js";
import { lastSamples, shownCount } from "../../runs/lastSamples.js";
import { featuresName, featuresSentence } from "../../runs/pictureFeatures.js";
import { delimitedRows } from "../../runs/rowTexts.js";
import type { Run } from "../../runs/run.js";
import { sampleRows } from "../../runs/sampleRows.js";
import { loadRun } from "../../runs/savedRun.js";
import { type LogOptions, trainRun, withPrior } from "../../runs/trainRun.js";
import { withinTime } from "../../runs/withinTime.js";
import type { PartProgress } from "../../synthesis/finishRows.js";
import type { TrainEvent } from "../../training/train.js";
import { interruptible } from "../interrupt.js";
import { tell } from "../output.js";
import { type ProgressEvent, progressDisplay } from "../progress.js";
import { runPicture, SAMPLES_PICTURE } from "../runPicture.js";
import { warn } from "../warn.js";
import type { Lead } from "./lead.js";
import { rankLog } from "./rankLog.js";
import { tellPlan } from "./tellPlan.js";

/** Where the pictures of samples are, one for each evaluation. */
const SAMPLES = "samples";
/** Samples at the end of a run on a table. */
export const SAMPLE_ROWS = "samples.csv";

/** Launchers kill the ranks a second or more after they have asked them to stop. */
const WAIT_MILLISECONDS = 500;

export type Ending = Extract<TrainEvent, { readonly type: "end" | "stopped" | "diverged" }>;

export interface FollowOptions extends LogOptions {
  readonly quiet: boolean;
  readonly timeLimit: number | undefined;
  /** Of a job whose ranks train it together. Default: this process does alone. */
  readonly lead?: Lead | undefined;
}

/** A run as it was trained, and how it ended. */
export interface Followed {
  readonly run: Run;
  readonly ending: Ending;
}

/** Trains, shows how it goes, keeps pictures of samples, and returns how it ended. */
export async function follow(
  prepared: Run,
  { quiet, timeLimit, lead, logs, logEvery }: FollowOptions,
): Promise<Followed> {
  const { directory, config, data, isNew } = prepared;
  const { loss: name } = config;
  const display = progressDisplay(quiet);
  const shown = shownCount(data);
  const size = sizeOf(data.fields.sample.shape);
  const keep = async (path: string, samples: Float32Array) =>
    writeFileAtomically(join(directory, path), await runPicture(samples.subarray(0, shown * size), data, config));
  return interruptible(async (signal) => {
    const { run, more, iteration } =
      timeLimit === undefined ? asItIs(prepared) : await limited(prepared, timeLimit, quiet, signal);
    if (data.kind === "images" && !quiet && !lead) await tellPlan(run, iteration, signal);
    const features = run.config.evaluateEvery > 0 ? featuresName(run.config, data) : undefined;
    if (features !== undefined && !quiet) tell(featuresSentence(features));
    let hasBegun = false;
    const onProgress = (part: PartProgress) => {
      const follows = hasBegun ? {} : { next: `${run.config.iterations} iterations` };
      display.update({ ...lineOf(part), ...follows });
    };
    const { iterations } = run.config;
    const begun = lead ? await withPrior(run, { signal, onProgress }) : run;
    await lead?.offer(begun);
    const log = lead && rankLog(lead, { ...begun, ...begun.progress, iterations });
    if (lead) tellWhileWaiting(signal, directory);
    const together = { ranks: log?.ranks, threads: lead?.threads };
    for await (const event of trainRun(begun, { signal, onProgress, logs, logEvery, ...together })) {
      if (event.type === "start") hasBegun = true;
      await log?.note(event);
      if (event.type === "start" && isNew) await removePictures(join(directory, SAMPLES));
      if (event.type === "step") display.update({ name, iteration: event.iteration, iterations, more });
      if (event.type === "evaluation") {
        const { evaluation, samples } = event;
        const { iteration } = evaluation;
        display.update({ name, iteration, iterations, more, evaluation });
        if (data.kind === "images") await keep(join(SAMPLES, `${String(iteration).padStart(8, "0")}.png`), samples);
      }
      if (event.type === "warning") display.warn(event.message);
      if (event.type === "end" || event.type === "stopped") {
        if (data.kind === "table") await keepRows(directory, shown);
        else await keep(SAMPLES_PICTURE, await lastSamples(event.model, config, data));
      }
      if (event.type === "end" || event.type === "stopped" || event.type === "diverged") return { run, ending: event };
    }
    throw new Error("the run ended without saying how");
  }).finally(() => display.stop());
}

/**
 * Tells what happens where a job is ended: its ranks stop together at the end of an iteration, and one that is gone never comes there. The
 * launcher ends those that wait for it soon.
 */
function tellWhileWaiting(signal: AbortSignal, directory: string): void {
  const say = () =>
    tell(
      `The ranks are asked to stop, and wait for each other. If one of them has ended, the job ends without saving; resume with: monge train --resume ${directory}`,
    );
  signal.addEventListener("abort", () => setTimeout(say, WAIT_MILLISECONDS).unref(), { once: true });
}

/** A run, and about how many iterations take as long as what comes after its last one. */
interface Planned {
  readonly run: Run;
  readonly more: number;
  /** Seconds of an iteration, where it was timed. */
  readonly iteration?: number;
}

function asItIs(run: Run): Planned {
  return { run, more: finishLength(run.config, run.data) };
}

/** A run that ends within some seconds from the start of this process. */
async function limited(prepared: Run, seconds: number, quiet: boolean, signal: AbortSignal): Promise<Planned> {
  const display = progressDisplay(quiet);
  const onProgress = (part: PartProgress) => display.update(lineOf(part));
  const timing = withinTime(prepared, 1000 * seconds, { signal, onProgress }).finally(() => display.stop());
  const { run, takes, isTooShort } = await timing;
  if (!takes) return asItIs(run);
  if (!quiet) tell(`Time limit ${seconds} s: ${run.config.iterations} iterations.`);
  if (isTooShort) {
    const most = Math.ceil(takes.start + 2 * takes.evaluation + takes.finish);
    warn([`${seconds} s are too few: the work before and after the iterations takes about ${most} s from here.`]);
  }
  return { run, more: takes.finish / takes.iteration, iteration: takes.iteration };
}

function lineOf({ doing, done, of }: PartProgress): ProgressEvent {
  return { name: doing, iteration: done, iterations: of };
}

/** Keeps rows of the table that a run makes, to look at. */
async function keepRows(directory: string, count: number): Promise<void> {
  const rows = await sampleRows(await loadRun(directory), count);
  await writeFileAtomically(join(directory, SAMPLE_ROWS), delimitedRows(rows, ",")).catch((error: unknown) => {
    // The run itself is saved.
    if (!(error instanceof InputError)) throw error;
    warn([error.message]);
  });
}

/** Removes the pictures of the run that was there before, and nothing else. */
async function removePictures(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const pictures = names.filter((name) => /^\d{8}\.png$/.test(name));
  await Promise.all(pictures.map((name) => rm(join(folder, name), { force: true })));
}
