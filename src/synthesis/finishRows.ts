import { z } from "zod";
import type { TableRows } from "../data/codecs/tableRows.js";
import { rowLayout } from "../data/codecs/tableRows.js";
import type { Dataset } from "../data/dataset.js";
import type { TensorData } from "../engine/index.js";
import type { GeneratorModel } from "../game/generator.js";
import { inChunks } from "../game/inChunks.js";
import type { Model } from "../game/model.js";
import { drawConditions, drawSamplerInputs, fixedSampler } from "../game/sampling.js";
import type { PlayerState, State } from "../game/state.js";
import { rowView } from "../networks/rowView.js";
import { CALIBRATION } from "../networks/tabular.js";
import type { TurnOptions } from "../parallel/turns.js";
import { createRng, type Rng } from "../random.js";
import { type Acceptance, acceptanceScorer } from "./acceptanceScorer.js";
import { calibrateRows, mapQuantiles, monotoneMapsSchema, type RowCalibration } from "./calibrateRows.js";
import { accept, keptRows, type Thinning, thinning } from "./thinning.js";
import { trainAcceptance } from "./trainAcceptance.js";

/** What rows go through once a generator has made them. */
export interface Finish {
  /** What the quantiles of each column go through. */
  readonly maps: RowCalibration["maps"];
  /** What lets rows through more rarely that are made too often; `null`: all are let through. */
  readonly acceptance: Acceptance | null;
}

/** A finish as plain data, without the tensors of its classifier. */
export const finishSchema = z.strictObject({
  maps: monotoneMapsSchema,
  acceptance: z
    .strictObject({ width: z.int().min(1), limit: z.number(), logCap: z.number(), rate: z.number() })
    .nullable(),
});

export interface FinishOptions extends TurnOptions<PartProgress> {
  readonly seed: number;
  /** Whether a classifier sorts rows out. */
  readonly resample: boolean;
}

/** How far one part of the work is. */
export interface PartProgress {
  /** What is done, in words. */
  readonly doing: string;
  readonly done: number;
  readonly of: number;
}

/**
 * Yields a trained generator of rows with its calibration in it, and what its rows go through from then on: first without a classifier, and
 * again when one has been trained, where that is asked for.
 */
export async function* finishRows(
  { game, layout, state }: Model,
  codec: TableRows,
  data: Dataset,
  { seed, resample, onProgress, signal }: FinishOptions,
): AsyncGenerator<{ readonly generator: PlayerState<TensorData>; readonly finish: Finish }, void> {
  const { bias, maps } = await calibrateRows({ game, layout, state }, codec, {
    ...{ seed, signal },
    onProgress: ({ column, columns }) => onProgress?.({ doing: "calibrating columns", done: column, of: columns }),
  });
  const calibrated = { game, layout, state: withBias(state, bias) };
  const { generator } = calibrated.state;
  yield { generator, finish: { maps, acceptance: null } };
  if (!resample) return;
  const acceptance = await acceptanceOf(calibrated, codec, maps, data, { seed, onProgress, signal });
  yield { generator, finish: { maps, acceptance } };
}

function withBias({ generator, critic }: State<TensorData>, bias: Float32Array): State<TensorData> {
  const buffers = { ...generator.buffers, [CALIBRATION]: { shape: [bias.length], data: bias } };
  return { critic, generator: { ...generator, buffers } };
}

/** Rows that are made at a time. */
const CHUNK = 1000;

async function acceptanceOf(
  model: GeneratorModel,
  codec: TableRows,
  maps: Finish["maps"],
  data: Dataset,
  { seed, onProgress, signal }: Omit<FinishOptions, "resample">,
): Promise<Acceptance> {
  const layout = rowLayout(codec);
  const { width } = layout;
  const sampler = await fixedSampler(model, CHUNK);
  const generated = (rng: Rng, rows: number) =>
    inChunks({ rows, width, chunk: CHUNK }, async () => {
      signal?.throwIfAborted();
      const inputs = drawSamplerInputs(model.game, CHUNK, rng, drawConditions(model.game, CHUNK, rng));
      const samples = await sampler.run(inputs);
      mapQuantiles(codec, maps, samples, rng, new Set());
      return samples;
    });
  const real = (rng: Rng, n: number) => data.batch(rng, n).sample;
  try {
    return await trainAcceptance({
      ...{ real, generated, width, view: rowView(layout), rows: data.size, seed, signal },
      onProgress: ({ update, updates }) =>
        onProgress?.({ doing: "training the classifier", done: update, of: updates }),
    });
  } finally {
    await sampler.release();
  }
}

/** Puts rows through a finish. */
export interface Finisher {
  /**
   * Maps quantiles in place, and returns the rows that are let through, `[kept, width]`. Rows of which something is given are weighed
   * against one another: the largest weight is that of the first ones that come.
   * @param rows encoded, flat `[n, width]`; it is written over
   * @param given columns that are as they were given, and stay so
   */
  finish(rows: Float32Array, given: ReadonlySet<number>): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Prepares a finish, with the seed of its own draws. */
export async function finisher(
  codec: TableRows,
  finish: Finish | null,
  { seed, threads }: { readonly seed: number; readonly threads?: number | undefined },
): Promise<Finisher> {
  const layout = rowLayout(codec);
  const rng = createRng(seed);
  const acceptance = finish?.acceptance ?? null;
  const scorer = acceptance && (await acceptanceScorer(acceptance, rowView(layout), { threads }));
  let ofGiven: Thinning | undefined;
  return {
    async finish(rows, given) {
      if (finish) mapQuantiles(codec, finish.maps, rows, rng, given);
      if (!acceptance || !scorer) return rows;
      const logWeights = await scorer.run(rows);
      if (given.size > 0) ofGiven ??= thinning(logWeights);
      return keptRows(rows, layout.width, accept(logWeights, rng, ofGiven ?? acceptance));
    },
    release: async () => scorer?.release(),
  };
}
