import { concat, fill, sizeOf, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { trainAlone } from "../game/alone.js";
import { Divergence } from "../game/divergence.js";
import { binaryCrossEntropy } from "../losses/bce.js";
import type { Network, ParameterSet } from "../networks/index.js";
import { unflattenData } from "../networks/parameters.js";
import { adamw, cosine } from "../optimizers/index.js";
import { quantile } from "../quantile.js";
import { createRng, type Rng } from "../random.js";
import { type Acceptance, acceptanceNetwork, acceptanceScorer, plainView } from "./acceptanceScorer.js";
import { balancingTilt } from "./balancingTilt.js";
import { type RowFunction, type RowView, rowFunction } from "./rowFunction.js";
import { accept, keptRows, thinning } from "./thinning.js";

export interface AcceptanceTraining {
  /** Draws `n` real rows as they are encoded, `[n, width]`. */
  readonly real: (rng: Rng, n: number) => Float32Array;
  /** Makes `n` rows of the generator, encoded likewise. */
  readonly generated: (rng: Rng, n: number) => Promise<Float32Array> | Float32Array;
  /** Numbers of a row. */
  readonly width: number;
  /** What the classifier sees of it, and what is to have the means of real rows. Default: the row as it is. */
  readonly view?: RowView | undefined;
  /** Real rows that there are. */
  readonly rows: number;
  /**
   * Times that a real row is seen; of more than 50,000 rows as many are seen as of 50,000. Default: 24; 8 of fewer than 10,000 rows, which a
   * classifier would learn by heart, and favour copies of.
   */
  readonly epochs?: number | undefined;
  /** Equal seeds give equal bits on one machine. */
  readonly seed: number;
  readonly onProgress?: ((progress: AcceptanceProgress) => void) | undefined;
  /** Ends the training, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface AcceptanceProgress {
  /** Updates done, from 1. */
  readonly update: number;
  readonly updates: number;
  /** The binary cross-entropy of the last batch, in nats: log 2 = 0.693 where it cannot tell generated rows from real ones. */
  readonly loss: number;
}

const EPOCHS = 24;
const MANY_ROWS = 10_000;
const EPOCHS_OF_FEW = 8;
const MOST_ROWS = 50_000;
/** Real rows in a batch, beside as many generated ones: many updates for small tables, batches that are fast for large ones. */
const LARGEST_BATCH = 500;
const SMALLEST_BATCH = 16;
const BATCHES_OF_EPOCH = 40;
/** Labels, smoothed so that logits do not grow without end (Szegedy et al. 2016, arXiv:1512.00567, section 7). */
const REAL = 0.95;
const GENERATED = 0.05;
const LEARNING_RATE = 2e-3;
/** Generated rows are made as many as there are real ones at a time, of so many numbers at most, and are gone through so often. */
const MOST_NUMBERS = 2 ** 24;
const PASSES = 4;
/** Generated rows that the limit and the cap are taken from: as many as real ones twice, within these bounds. */
const FEWEST_WEIGHED = 5000;
const MOST_WEIGHED = 50_000;
const NUMBERS_WEIGHED = 2 ** 24;
/** Rows that the tilt is taken from: as many as real ones, within these bounds, and what so many times the weighed ones give at most. */
const FEWEST_TILTED = 2500;
const MOST_TILTED = 40_000;
const MOST_ROUNDS = 12;
/** The means of real rows are taken from so many samples of that size. */
const SAMPLES_OF_MEANS = 8;
/** The ratios of this share of them count as they are; larger ones are cut to the largest of those. */
const UNCUT = 0.98;
/** The noise of dropout is drawn once, as much as so many batches need; each update starts in it at a place of its own. */
const BATCHES_OF_NOISE = 8;

/**
 * Learns how a generator's rows are to be let through so that they become more like real ones (discriminator rejection sampling, Azadi et
 * al. 2019, arXiv:1810.06758). A row is to count as often as its weight says (`acceptanceScorer`), of two parts:
 *
 * - The ratio real density / generated density, which is e^logit of the best classifier of the two (Goodfellow et al. 2014,
 *   arXiv:1406.2661, proposition 1). The classifier has two hidden layers of 256 with dropout 0.2 and is trained by binary cross-entropy,
 *   with labels smoothed by 0.05, and AdamW at 0.002 that falls along half a cosine. Ratios are cut at their 98 % quantile.
 * - A tilt that gives what is seen of rows the mean that it has of real ones, column by column (`balancingTilt`), found on rows that the
 *   ratios let through: the classifier's errors would otherwise move the shares of single values.
 *
 * Each generated row is seen four times, then new ones are made. Memory: at most 64 MB of them at a time, beside the network.
 * @throws InputError where numbers arise that are not finite
 */
export async function trainAcceptance(options: AcceptanceTraining): Promise<Acceptance> {
  const { real, generated, width, view = plainView(options.width), rows, seed, signal } = options;
  const rng = createRng(seed);
  const parameters = await trainClassifier({ ...options, view }, rng);
  signal?.throwIfAborted();
  const within = (count: number, fewest: number, most: number) =>
    Math.min(most, Math.ceil(NUMBERS_WEIGHED / view.width), Math.max(fewest, count));
  const count = within(2 * rows, FEWEST_WEIGHED, MOST_WEIGHED);
  const made = await generated(rng, count);
  const none = { shape: [view.width], data: new Float32Array(view.width) };
  const uncut = { width, parameters, limit: Infinity, tilt: none };
  const limit = quantile((await computed(acceptanceScorer(uncut, view), made)).toSorted(), UNCUT);
  const sight = await rowFunction(width, view);
  const tilt = await tilted(await byRatios(), sight).finally(() => sight.release());
  const weights = { width, parameters, limit, tilt: { ...none, data: Float32Array.from(tilt) } };
  return { ...weights, ...thinning(await computed(acceptanceScorer(weights, view), made)) };

  /** Rows of the generator that are let through by their ratios, `[n, width]`: what is left to the tilt. */
  async function byRatios(): Promise<Float32Array> {
    const wanted = width * within(rows, FEWEST_TILTED, MOST_TILTED);
    const scorer = await acceptanceScorer({ ...uncut, limit }, view);
    const found = new Float32Array(wanted);
    let length = 0;
    try {
      for (let round = 0; round < MOST_ROUNDS && length < wanted; round++) {
        signal?.throwIfAborted();
        const others = round === 0 ? made : await generated(rng, count);
        const kept = keptRows(others, width, accept(await scorer.run(others), rng, { logCap: limit }));
        found.set(kept.subarray(0, wanted - length), length);
        length = Math.min(wanted, length + kept.length);
      }
    } finally {
      await scorer.release();
    }
    return found.subarray(0, length);
  }

  async function tilted(rows: Float32Array, sight: RowFunction): Promise<Float64Array> {
    const means = new Float64Array(view.width);
    for (let k = 0; k < SAMPLES_OF_MEANS; k++) {
      signal?.throwIfAborted();
      const seen = await sight.run(real(rng, count));
      for (let at = 0; at < seen.length; at++) means[at % view.width]! += seen[at]! / (count * SAMPLES_OF_MEANS);
    }
    return balancingTilt(await sight.run(rows), new Float64Array(rows.length / width), means, signal);
  }
}

/** What a function that is not needed any more makes of rows. */
async function computed(compiled: Promise<RowFunction>, rows: Float32Array): Promise<Float32Array> {
  const rowFunction = await compiled;
  try {
    return await rowFunction.run(rows);
  } finally {
    await rowFunction.release();
  }
}

/**
 * How long a classifier is trained: its `updates`, the real rows of each, beside as many generated ones (`batch`), for how many updates these
 * are made at a time (`atATime`), and how often (`rounds`).
 */
export function acceptanceLength({ rows, epochs, width }: Pick<AcceptanceTraining, "rows" | "epochs" | "width">) {
  const batch = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.floor(rows / BATCHES_OF_EPOCH)));
  const times = epochs ?? (rows < MANY_ROWS ? EPOCHS_OF_FEW : EPOCHS);
  const updates = Math.max(1, Math.ceil((times * Math.min(rows, MOST_ROWS)) / batch));
  const atATime = Math.max(1, Math.min(Math.ceil(rows / batch), Math.floor(MOST_NUMBERS / (batch * width))));
  return { batch, updates, atATime, rounds: Math.ceil(updates / (PASSES * atATime)) };
}

async function trainClassifier(
  { real, generated, width, view, rows, epochs, onProgress, signal }: AcceptanceTraining & { readonly view: RowView },
  rng: Rng,
): Promise<ParameterSet> {
  const { batch, updates, atATime } = acceptanceLength({ rows, epochs, width });
  const optimizer = adamw({ learningRate: { initial: LEARNING_RATE, schedule: cosine({ over: updates }) } });
  const network = acceptanceNetwork(view.width);
  const dropout = dropoutNoise(network, 2 * batch, rng);
  const inputs = { shape: [2 * batch, width], data: new Float32Array(2 * batch * width) };
  const training = await trainAlone({ network, optimizer }, rng, {
    specs: { rows: inputs, noise: dropout() },
    name: "classifier",
    terms({ apply }, { rows, noise }) {
      const labels = concat([fill([batch, 1], REAL), fill([batch, 1], GENERATED)], 0);
      return { "cross-entropy": binaryCrossEntropy(labels, apply(view.of(rows), { noise })) };
    },
  });
  try {
    let made: Float32Array = new Float32Array(0);
    for (let done = 0; done < updates; done++) {
      signal?.throwIfAborted();
      const place = done % atATime;
      if (done % (PASSES * atATime) === 0) made = await generated(rng, Math.min(atATime, updates - done) * batch);
      inputs.data.set(real(rng, batch));
      inputs.data.set(made.subarray(place * batch * width, (place + 1) * batch * width), batch * width);
      const { loss } = await training.update({ rows: inputs, noise: dropout() });
      onProgress?.({ update: done + 1, updates, loss: loss.data[0] ?? Number.NaN });
    }
    return unflattenData(training.state().parameters, training.layout);
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    throw new InputError(
      "The classifier that is to sort out generated rows came to numbers that are not finite: are all numbers of the rows finite?",
    );
  } finally {
    await training.release();
  }
}

/** The noise that a network asks for in training, for one batch after the other. */
function dropoutNoise({ noise = {} }: Network, batch: number, rng: Rng): () => Readonly<Record<string, TensorData>> {
  const asked = Object.entries(noise).map(([name, { shape }]) => ({ name, shape: [batch, ...shape] }));
  const largest = Math.max(...asked.map(({ shape }) => sizeOf(shape)));
  const pool = rng.uniforms(BATCHES_OF_NOISE * largest);
  return () =>
    Object.fromEntries(
      asked.map(({ name, shape }) => {
        const start = rng.integer(pool.length - largest + 1);
        return [name, { shape, data: pool.subarray(start, start + sizeOf(shape)) }];
      }),
    );
}
