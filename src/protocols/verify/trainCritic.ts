import { rm, stat } from "node:fs/promises";
import { z } from "zod";
import type { State } from "../../game/step.js";
import type { WorkOptions } from "../../parallel/threads.js";
import { type Rng, restoreRng } from "../../random.js";
import { loadCheckpoint, saveCheckpoint } from "../../runs/checkpoint.js";
import type { TrainedCandidate } from "./candidates.js";
import { criticParts, criticTrainer, probeCritic, UPDATES_PER_RUN } from "./criticProgram.js";
import { type CriticFigures, criticFigures } from "./measure.js";
import { drawRows } from "./pairs.js";
import { type CellSamples, UPDATES_PER_POOL } from "./samples.js";

/** Time between two savings of a critic under way. */
const SAVE_EVERY_MILLISECONDS = 30_000;

const savedSchema = z.object({ rng: z.array(z.number()), seconds: z.number() });

export interface CriticProgress {
  readonly iteration: number;
  readonly iterations: number;
}

export interface TrainedCritic {
  /** Nothing where a loss, a gradient or a weight was not finite. */
  readonly figures: CriticFigures | null;
  /** Updates done. */
  readonly iterations: number;
  /** Of training. */
  readonly seconds: number;
}

export interface TrainCriticOptions extends WorkOptions<CriticProgress> {
  /** Updates, in tens. */
  readonly iterations: number;
  /** Where the critic is kept while it is trained; what it holds is gone on with, and it is removed at the end. */
  readonly folder: string;
  readonly threads: number;
}

interface Standing {
  readonly iteration: number;
  readonly state: State;
  readonly rng: Rng;
  readonly seconds: number;
}

/**
 * Trains a critic between the two distributions of a cell and measures it on the held-out pairs.
 * @throws the signal's reason where it stopped the training, with all that was done saved
 */
export async function trainCritic(
  candidate: TrainedCandidate,
  samples: CellSamples,
  { iterations, folder, threads, signal, onProgress }: TrainCriticOptions,
): Promise<TrainedCritic> {
  const { pair, heldOut } = samples;
  const { dimension } = pair;
  const rng = samples.rng();
  const firstPool = samples.pool(0);
  const setting = {
    dimension,
    drawReal: (from: Rng, count: number) => drawRows(firstPool.real, dimension, from, count),
    drawFake: (from: Rng, count: number) => drawRows(firstPool.fake, dimension, from, count),
  };
  const critic = criticParts(candidate, setting, iterations, rng);
  let now: Standing = (await savedIn(folder)) ?? { iteration: 0, state: critic.first, rng, seconds: 0 };
  const trainer = await criticTrainer(critic, threads);
  const began = performance.now() - 1000 * now.seconds;
  const seconds = () => (performance.now() - began) / 1000;
  let saved = performance.now();
  let pool = { index: 0, pairs: firstPool };
  try {
    while (now.iteration < iterations) {
      if (signal.aborted) {
        await save(folder, now);
        throw signal.reason;
      }
      const index = Math.floor(now.iteration / UPDATES_PER_POOL);
      if (pool.index !== index) pool = { index, pairs: samples.pool(index) };
      const { state, finite } = await trainer.run(now.state, pool.pairs, now.rng, now.iteration);
      if (!finite) return { figures: null, iterations: now.iteration, seconds: seconds() };
      now = { iteration: now.iteration + UPDATES_PER_RUN, state, rng: now.rng, seconds: seconds() };
      onProgress({ iteration: now.iteration, iterations });
      if (performance.now() - saved > SAVE_EVERY_MILLISECONDS) {
        await save(folder, now);
        saved = performance.now();
      }
    }
  } finally {
    await trainer.release();
  }
  const { estimate, gradients } = await probeCritic(critic, now.state, heldOut, threads);
  await rm(folder, { recursive: true, force: true });
  return { figures: criticFigures(pair, heldOut, gradients, estimate), iterations, seconds: now.seconds };
}

async function save(folder: string, { iteration, state, rng, seconds }: Standing): Promise<void> {
  await saveCheckpoint(folder, iteration, { tensors: state, run: { rng: rng.state(), seconds } });
}

async function savedIn(folder: string): Promise<Standing | undefined> {
  const exists = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  const { iteration, tensors, run } = await loadCheckpoint(folder);
  const { rng, seconds } = savedSchema.parse(run);
  return { iteration, state: tensors, rng: restoreRng(rng), seconds };
}
