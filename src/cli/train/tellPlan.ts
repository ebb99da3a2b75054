import { Divergence } from "../../game/divergence.js";
import { PROCESS_MEMORY } from "../../runs/memory.js";
import { parameterCount, trainingMemory } from "../../runs/memoryEstimate.js";
import { secondsPerIteration } from "../../runs/rehearsal.js";
import type { Run } from "../../runs/run.js";
import { tell } from "../output.js";

/**
 * Tells what was chosen for the images of a run, and what training on them will take.
 * @param timed seconds of an iteration. Default: some are timed
 */
export async function tellPlan(run: Run, timed: number | undefined, signal: AbortSignal): Promise<void> {
  const { config, progress } = run;
  const left = config.iterations - progress.iteration;
  if (left <= 0) return;
  tell(choices(run));
  const seconds = timed ?? (await secondsUnlessDiverged(run, signal));
  if (seconds !== undefined) tell(costs(run, left, seconds));
}

/** As `secondsPerIteration`; `undefined` where the run diverges that soon, which it will tell itself. */
async function secondsUnlessDiverged(run: Run, signal: AbortSignal): Promise<number | undefined> {
  return await secondsPerIteration(run, signal).catch((error: unknown) => {
    if (error instanceof Divergence) return undefined;
    throw error;
  });
}

const COLOURS: Readonly<Record<number, string>> = { 1: "grey", 3: "colour", 4: "colour with transparency" };

function choices({ config, data: { size, fields } }: Run): string {
  const [height, width, channels = 1] = fields.sample.shape;
  const classes = fields.condition ? `, with ${fields.condition.shape[0]} classes` : "";
  const { network, width: channelsNearest, augment = 0 } = config;
  const parts = [
    `network ${network}`,
    ...(channelsNearest === undefined ? [] : [`width ${channelsNearest}`]),
    augment > 0 ? `augmentation ${augment}` : "no augmentation",
  ];
  return `Training on ${numberText(size)} images of ${height} x ${width} in ${COLOURS[channels]}${classes}: ${parts.join(", ")}.`;
}

function costs({ config, data }: Run, iterations: number, seconds: number): string {
  const weights = parameterCount(config, data);
  const minutes = (iterations * seconds) / 60;
  const memory = (PROCESS_MEMORY + trainingMemory(config, data)) / 2 ** 30;
  return [
    ...(weights > 0 ? [`The networks have ${numberText(weights)} weights.`] : []),
    `An iteration takes about ${rounded(seconds)} s, ${numberText(iterations)} of them`,
    `${minutes < 1 ? "less than a minute" : `about ${rounded(minutes)} minutes`}, and training about ${rounded(memory)} GiB of memory.`,
  ].join(" ");
}

function numberText(value: number): string {
  return value.toLocaleString("en");
}

function rounded(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 2 });
}
