import { z } from "zod";
import type { ColumnLayout, RowLayout } from "../data/codecs/rowLayout.js";
import { rowLayout, type TableRows } from "../data/codecs/tableRows.js";
import type { GeneratorModel } from "../game/generator.js";
import { inChunks } from "../game/inChunks.js";
import { drawConditions, drawSamplerInputs, fixedSampler } from "../game/sampling.js";
import { type TurnOptions, turns } from "../parallel/turns.js";
import { createRng, type Rng } from "../random.js";
import { calibrateLogits } from "./calibrateLogits.js";
import { applyMap, type MonotoneMap, monotoneMap } from "./monotoneMap.js";

/** What brings the columns of a generator's rows onto those of the data. */
export interface RowCalibration {
  /** What is added to the generator's logits in use, `[width]`. */
  readonly bias: Float32Array;
  /** What a column's quantile goes through; `null` where a column has none. */
  readonly maps: readonly (MonotoneMap | null)[];
}

export interface CalibrationWork extends TurnOptions<CalibrationProgress> {
  readonly seed: number;
}

export interface CalibrationProgress {
  /** Columns done, from 1. */
  readonly column: number;
  readonly columns: number;
}

const numbers = z.array(z.number());

export const monotoneMapsSchema = z.array(
  z.strictObject({ knots: numbers, below: numbers, above: numbers }).nullable(),
);

/** Rows that a calibration is computed from, and the numbers of their encoded form at most. */
const ROWS = 50_000;
const MOST_NUMBERS = 2 ** 24;
const CHUNK = 1000;

/**
 * Calibrates a generator of rows by one-dimensional optimal transport: the logits of each column get a bias under which its choices are as
 * frequent as in the data (`calibrateLogits`), and each quantile a map that makes it uniform, as quantiles of the data are
 * (`monotoneMap`). Of all ways to have the data's marginals these change the generator's rows least.
 */
export async function calibrateRows(
  model: GeneratorModel,
  codec: TableRows,
  { seed, onProgress, signal }: CalibrationWork,
): Promise<RowCalibration> {
  const turn = turns(signal);
  const layout = rowLayout(codec);
  const rng = createRng(seed);
  const count = Math.min(ROWS, Math.ceil(MOST_NUMBERS / layout.width));
  const logits = await logitsOf(model, layout, count, rng, signal);
  const bias = new Float32Array(layout.width);
  const maps: (MonotoneMap | null)[] = [];
  for (const [column, laid] of layout.columns.entries()) {
    await turn();
    maps.push(calibrated(column, laid));
    onProgress?.({ column: column + 1, columns: layout.columns.length });
  }
  return { bias, maps };

  /** Sets the bias of a column, and gives the map of its quantile. */
  function calibrated(column: number, { start, choices, quantile }: ColumnLayout): MonotoneMap | null {
    const own = columnsOf(logits, layout.width, start, choices);
    if (choices > 0) {
      bias.set(calibrateLogits(own, codec.columns[column]?.shares ?? [], { gumbel: true }).bias, start);
    }
    if (quantile === null) return null;
    const isOpen = drawnLast(own, choices, bias.subarray(start, start + choices), rng);
    const positions = columnsOf(logits, layout.width, quantile, 1).filter((_, row) => isOpen(row));
    return monotoneMap(positions.map(Math.tanh));
  }
}

/** Encoded rows with their quantiles after the maps, in place. @param given columns that stay as they are */
export function mapQuantiles(
  codec: TableRows,
  maps: readonly (MonotoneMap | null)[],
  samples: Float32Array,
  rng: Rng,
  given: ReadonlySet<number>,
): void {
  const { width, columns } = rowLayout(codec);
  for (const [column, { quantile, gate }] of columns.entries()) {
    const map = maps[column];
    if (!map || quantile === null || given.has(column)) continue;
    const positions = columnsOf(samples, width, quantile, 1);
    const mapped = applyMap(map, positions, rng);
    for (let row = 0; row < mapped.length; row++)
      if (gate === null || samples[row * width + gate] === 1) samples[row * width + quantile] = mapped[row] ?? 0;
  }
}

/** What the generator draws `count` rows from, `[count, width]`. */
async function logitsOf(
  model: GeneratorModel,
  { width }: RowLayout,
  count: number,
  rng: Rng,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { generator } = model.game;
  const { logits } = generator.network;
  if (!logits) throw new TypeError("the generator does not draw from logits");
  const network = { ...generator.network, apply: logits.bind(generator.network) };
  const drawing = { ...model, game: { ...model.game, generator: { ...generator, network } } };
  const chunk = Math.min(CHUNK, count);
  const sampler = await fixedSampler(drawing, chunk);
  try {
    return await inChunks({ rows: count, width, chunk }, async (done) => {
      signal?.throwIfAborted();
      const inputs = drawSamplerInputs(model.game, chunk, rng, drawConditions(model.game, chunk, rng));
      // Classes of a prior in the proportions of their weights, not as chance has them: a bias would make up for what chance did.
      inputs.noise?.class?.data.set(Float32Array.from({ length: chunk }, (_, i) => (done + i + 0.5) / count));
      return await sampler.run(inputs);
    });
  } finally {
    await sampler.release();
  }
}

/** Neighbouring columns of a flat matrix, `[rows, count]`. */
function columnsOf(values: Float32Array, width: number, start: number, count: number): Float32Array {
  const rows = values.length / width;
  const own = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++)
    own.set(values.subarray(row * width + start, row * width + start + count), row * count);
  return own;
}

/** Whether a row draws the last of its choices, which opens its quantile; it does where there is no choice. */
function drawnLast(logits: Float32Array, choices: number, bias: Float32Array, rng: Rng): (row: number) => boolean {
  if (choices === 0) return () => true;
  return (row) => {
    let [best, highest] = [0, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < choices; i++) {
      const drawn = logits[row * choices + i]! + bias[i]! - Math.log(-Math.log(rng.uniform() + 1e-12));
      if (drawn > highest) [best, highest] = [i, drawn];
    }
    return best === choices - 1;
  };
}
