import { rm, stat } from "node:fs/promises";
import { z } from "zod";
import { Divergence } from "../../game/divergence.js";
import { playerFromNamed, playerTensors } from "../../game/tensorNames.js";
import type { WorkOptions } from "../../parallel/threads.js";
import { type Rng, restoreRng } from "../../random.js";
import { loadCheckpoint, saveCheckpoint } from "../../runs/checkpoint.js";
import type { TrainedCandidate } from "./candidates.js";
import { type CriticTrainer, criticGame, criticTrainer, probeCritic, UPDATES_PER_RUN } from "./criticProgram.js";
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

/** Where training stands. */
interface Standing {
  readonly iteration: number;
  readonly rng: Rng;
  readonly seconds: number;
}

/**
 * Trains a critic between the two distributions of a cell and measures it on the held-out pairs.
 * @throws DOMException AbortError where the signal stopped it, with all that was done saved
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
  const game = criticGame(candidate, setting, iterations);
  const critic = await criticTrainer(game, rng, { batch: candidate.batch, threads });
  let now: Standing = { iteration: 0, rng, seconds: 0 };
  try {
    now = (await resumed(critic, folder)) ?? now;
    const began = performance.now() - 1000 * now.seconds;
    let saved = performance.now();
    let pool = { index: 0, pairs: firstPool };
    while (now.iteration < iterations) {
      if (signal.aborted) {
        await save(critic, folder, now);
        throw new DOMException("the critic's training was stopped", "AbortError");
      }
      const index = Math.floor(now.iteration / UPDATES_PER_POOL);
      if (pool.index !== index) pool = { index, pairs: samples.pool(index) };
      await critic.train(pool.pairs, now.rng);
      now = { iteration: now.iteration + UPDATES_PER_RUN, rng: now.rng, seconds: (performance.now() - began) / 1000 };
      onProgress({ iteration: now.iteration, iterations });
      if (performance.now() - saved > SAVE_EVERY_MILLISECONDS) {
        await save(critic, folder, now);
        saved = performance.now();
      }
    }
    const model = { game, layout: { critic: critic.layout }, state: { critic: critic.state() } };
    const { estimate, gradients } = await probeCritic(model, heldOut, threads);
    await rm(folder, { recursive: true, force: true });
    return { figures: criticFigures(pair, heldOut, gradients, estimate), iterations, seconds: now.seconds };
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    return { figures: null, iterations: now.iteration, seconds: now.seconds };
  } finally {
    await critic.release();
  }
}

async function save(critic: CriticTrainer, folder: string, { iteration, rng, seconds }: Standing): Promise<void> {
  const tensors = playerTensors("critic", critic.state(), critic.layout);
  await saveCheckpoint(folder, iteration, { tensors, run: { rng: rng.state(), seconds } });
}

/** Where the critic that a folder keeps stands, once it goes on from there; `undefined` where the folder keeps none. */
async function resumed(critic: CriticTrainer, folder: string): Promise<Standing | undefined> {
  const exists = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  const { iteration, tensors, run } = await loadCheckpoint(folder);
  const { rng, seconds } = savedSchema.parse(run);
  critic.restart(playerFromNamed("critic", tensors, critic.state(), critic.layout), iteration);
  return { iteration, rng: restoreRng(rng), seconds };
}
