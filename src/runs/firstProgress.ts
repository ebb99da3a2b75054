import type { Dataset } from "../data/dataset.js";
import { startGame } from "../game/start.js";
import type { StateLayout } from "../game/state.js";
import { priorBuffers } from "../networks/rowPrior.js";
import type { TurnOptions } from "../parallel/turns.js";
import { createRng } from "../random.js";
import type { PartProgress } from "../synthesis/finishRows.js";
import { fitPrior } from "../synthesis/fitPrior.js";
import type { Progress } from "../training/train.js";
import type { RunConfig } from "./config.js";
import { weightsOf } from "./initialWeights.js";
import { checkKeepable } from "./keepable.js";
import type { SavedRun } from "./runRecord.js";
import { trainOptions } from "./trainOptions.js";

/** Where a run begins: with first values, its prior unfitted (`withFittedPrior`), or the weights of another run. */
export function firstProgress(
  config: RunConfig,
  data: Dataset,
  init?: SavedRun,
): { readonly progress: Progress; readonly layout: StateLayout } {
  const rng = createRng(config.seed);
  const parts = trainOptions(config, data);
  const drawn = startGame(parts, rng);
  const { layout } = drawn;
  checkKeepable(config, data, drawn.state);
  const { state } = init ? startGame(parts, rng, weightsOf(init, layout)) : drawn;
  return { progress: { iteration: 0, criticUpdates: 0, seconds: 0, rng: rng.state(), state, history: [] }, layout };
}

/** The beginning of a run with its generator's prior fitted to the data, where it has one. */
export async function withFittedPrior(
  progress: Progress,
  { prior = 0, seed }: RunConfig,
  data: Dataset,
  { onProgress, signal }: TurnOptions<PartProgress> = {},
): Promise<Progress> {
  if (prior === 0) return progress;
  const { generator, critic } = progress.state;
  const fitted = await fitPrior(data, {
    ...{ classes: prior, seed, signal },
    onProgress: ({ iteration, iterations }) =>
      onProgress?.({ doing: "fitting the prior", done: iteration, of: iterations }),
  });
  const buffers = { ...generator.buffers, ...priorBuffers(fitted) };
  return { ...progress, state: { critic, generator: { ...generator, buffers } } };
}
