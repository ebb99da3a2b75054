import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import {
  add,
  concat,
  constant,
  div,
  gather,
  greater,
  greaterEqual,
  lengthOf,
  less,
  lessEqual,
  log,
  matmul,
  maximum,
  minimum,
  mul,
  pad,
  reshape,
  type Shape,
  sigmoid,
  sizeOf,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type TensorData,
  toFloat,
  toInt,
  transpose,
} from "../engine/index.js";
import type { ApplyContext, ParameterSet } from "./network.js";
import type { Noise } from "./noise.js";

/** Intervals into which a prior parts the range of a quantile: fewer where there are many quantiles. */
const MOST_BINS = 150;
const FEWER_BINS = 50;
const MANY_QUANTILES = 20;

/** The product of a prior's classes with themselves is a part of each step. */
export const MOST_CLASSES = 1000;

/** Fewer rows of the data than this for each class would make classes of single rows. */
const ROWS_A_CLASS = 40;

/** The least probability of an interval that is divided by. */
const SHORTEST = 1e-30;
/** Whole numbers up to this are exact as 32-bit floats. */
const LARGEST_EXACT = 2 ** 24;
/** A share that is never reached, which rounding would take for all. */
const RARELY = 1e-6;
/** A quantile is kept so far inside its range, where the inverse of tanh is finite. */
const INSIDE = 0.99999;

const TABLES = ["weights", "choices", "bins", "upTo", "starts", "ends", "factor"] as const;
type TableName = (typeof TABLES)[number];

/**
 * A mixture of latent classes over encoded rows: what a generator of rows may start from. In a class the columns are independent, but for
 * what a Gaussian copula, the same in all classes, has its quantiles in common.
 * `weights` `[classes]` and `choices` `[classes, layout.width]` are logarithms of probabilities (0 at the places of quantiles). Of the
 * intervals of each quantile, where its gate is open, `bins` `[quantiles * bins, classes]` are logarithms of probabilities and `upTo`
 * `[classes, quantiles * bins]` their sums up to each, and `starts` and `ends` `[quantiles * bins]` where each begins and ends; one that
 * there is not begins and ends at 2. `factor` `[quantiles, quantiles]` is the Cholesky factor of the copula's correlations.
 */
export type PriorTables = Readonly<Record<TableName, TensorData>>;

/** What is given of rows, `[n, columns]` and `[n, layout.width]` (`drawMasks`). */
export interface GivenColumns {
  readonly mask: Tensor;
  readonly values: Tensor;
}

/** A prior as a part of a network. */
export interface RowPrior {
  readonly noise: Readonly<Record<string, Noise>>;
  /** The tables that it begins with, by their names in a state: to be replaced by fitted ones (`priorBuffers`). */
  readonly buffers: ParameterSet;
  /** Draws a row for each of a batch: its class's logits of the choices, and for each quantile what tanh takes to the drawn one. */
  draw(context: ApplyContext, given: GivenColumns | null): Tensor;
}

/** The classes that a prior of data with so many rows can have, of those that are wanted. */
export function classesFor(wanted: number, rows: number): number {
  return Math.min(wanted, Math.max(1, Math.floor(rows / ROWS_A_CLASS)));
}

/** Prepares a prior of so many classes. */
export function rowPrior(layout: RowLayout, classes: number): RowPrior {
  const shapes = priorShapes(layout, classes);
  const empty = (name: TableName) => ({ shape: shapes[name], data: new Float32Array(sizeOf(shapes[name])) });
  return {
    noise: priorNoise(layout),
    buffers: priorBuffers(mapTables(empty)),
    draw({ noise, buffers }, given) {
      const tables = mapTables((name) => named("buffer", buffers, bufferOf(name)));
      const drawn = {
        class: named("noise", noise, "class"),
        within: named("noise", noise, "within"),
      };
      return drawPrior(layout, tables, drawn, given);
    },
  };
}

/** Tables under the names that they have among a network's buffers. */
export function priorBuffers(tables: PriorTables): ParameterSet {
  return Object.fromEntries(TABLES.map((name) => [bufferOf(name), tables[name]]));
}

/** The tables among a network's buffers; `null` where it has no prior. */
export function priorTables(buffers: ParameterSet): PriorTables | null {
  if (!(bufferOf("weights") in buffers)) return null;
  return mapTables((name) => named("buffer", buffers, bufferOf(name)));
}

const bufferOf = (name: TableName) => `prior.${name}`;

function mapTables<T>(of: (name: TableName) => T): Readonly<Record<TableName, T>> {
  const [weights, choices, bins] = [of("weights"), of("choices"), of("bins")];
  return { weights, choices, bins, upTo: of("upTo"), starts: of("starts"), ends: of("ends"), factor: of("factor") };
}

/** @throws TypeError where a network is applied without it */
export function named<T>(kind: string, tensors: Readonly<Record<string, T>>, name: string): T {
  const tensor = tensors[name];
  if (tensor) return tensor;
  throw new TypeError(`a tabular network is applied without its ${kind} "${name}"`);
}

/** The shapes of a prior's tables. */
export function priorShapes(layout: RowLayout, classes: number): Readonly<Record<TableName, Shape>> {
  const count = quantilesIn(layout).length;
  const bins = priorBins(layout);
  return {
    weights: [classes],
    choices: [classes, layout.width],
    bins: [count * bins, classes],
    upTo: [classes, count * bins],
    starts: [count * bins],
    ends: [count * bins],
    factor: [count, count],
  };
}

type Tables = Readonly<Record<TableName, Tensor>>;

/** How many intervals each quantile has: as many as let their places in tables of the most classes be exact. */
export function priorBins(layout: RowLayout): number {
  const quantiles = quantilesIn(layout).length;
  const most = quantiles > MANY_QUANTILES ? FEWER_BINS : MOST_BINS;
  return Math.min(most, Math.floor(LARGEST_EXACT / (MOST_CLASSES * Math.max(quantiles, 1))));
}

/** The noise that a draw needs: a class, and a normal number for each quantile. */
export function priorNoise(layout: RowLayout): Readonly<Record<string, Noise>> {
  const count = quantilesIn(layout).length;
  return {
    class: { shape: [1], distribution: "uniform", inUse: true },
    within: { shape: [Math.max(count, 1)], distribution: "normal", inUse: true },
  };
}

/**
 * Draws a class for each row, by its weights and by how likely each class makes what is given of the row, and then the row's logits and
 * quantiles of that class, `[n, layout.width]`. No gradient flows through it.
 * @param tables as `priorShapes` has them
 * @param noise as `priorNoise` has it, `[n, ...shape]`
 * @param given the values of `drawMasks`, `[n, layout.width]`, and its mask, `[n, columns]`; `null` where nothing is ever given
 */
function drawPrior(
  layout: RowLayout,
  tables: Tables,
  noise: Readonly<Record<"class" | "within", Tensor>>,
  given: GivenColumns | null,
): Tensor {
  const { weights, choices, upTo, starts, ends, factor } = tables;
  const [n = 1] = noise.class.shape;
  const quantiles = quantilesIn(layout);
  const joint = given ? add(weights, likelihood(layout, tables, given)) : reshape(weights, [1, -1]);
  const drawn = drawClass(cumulated(softmax(joint)), noise.class);
  const classes = toInt(reshape(drawn, [-1]));
  const base = gather(choices, classes, 0);
  if (quantiles.length === 0) return base;
  const count = priorBins(layout);
  const below = reshape(normalShare(matmul(noise.within, transpose(factor, [1, 0]))), [-1]);
  const firsts = add(mul(drawn, quantiles.length * count), everySo(quantiles.length, count));
  const { interval, place } = invert({ upTo: reshape(upTo, [-1]), first: reshape(firsts, [-1]), count }, below);
  const intervals = intervalsAt(reshape(interval, [n, quantiles.length]), count);
  const ofIntervals = (places: Tensor) => reshape(gather(places, intervals, 0), [n, quantiles.length]);
  const start = ofIntervals(starts);
  const length = sub(ofIntervals(ends), start);
  const quantile = mul(add(start, mul(length, reshape(place, [n, quantiles.length]))), INSIDE);
  const atanh = mul(log(div(add(1, quantile), sub(1, quantile))), 0.5);
  const places = Array.from({ length: layout.width }, (_, at) =>
    quantiles.findIndex(({ quantile }) => quantile === at),
  );
  const spread = gather(
    pad(atanh, [0, 0], [0, 1]),
    places.map((at) => (at < 0 ? quantiles.length : at)),
    1,
  );
  return add(base, spread);
}

/** How likely each class makes what is given of a row, as a logarithm: `[n, classes]`. */
function likelihood(layout: RowLayout, { choices, bins, ends }: Tables, { values, mask }: GivenColumns): Tensor {
  const [n = 1] = values.shape;
  const quantiles = quantilesIn(layout);
  const isChoice = Float32Array.from({ length: layout.width }, (_, at) =>
    quantiles.some(({ quantile }) => quantile === at) ? 0 : 1,
  );
  const ofChoices = mul(values, constant({ shape: [layout.width], data: isChoice }));
  const fromChoices = matmul(ofChoices, transpose(choices, [1, 0]));
  if (quantiles.length === 0) return fromChoices;
  const count = priorBins(layout);
  const one = [n, quantiles.length, 1];
  const position = reshape(
    gather(
      values,
      quantiles.map(({ quantile }) => quantile),
      1,
    ),
    one,
  );
  // A quantile counts where its gate is given as open, or where it has none and its column is given.
  const beside = concat([values, mask], 1);
  const open = reshape(
    gather(
      beside,
      quantiles.map(({ gate, column }) => gate ?? layout.width + column),
      1,
    ),
    one,
  );
  // Below the end of the range, so that the last interval has it.
  const inside = minimum(position, INSIDE);
  const passed = sum(toFloat(greaterEqual(inside, reshape(ends, [quantiles.length, count]))), 2);
  const logs = reshape(gather(bins, intervalsAt(passed, count), 0), [n, quantiles.length, -1]);
  return add(fromChoices, sum(mul(logs, open), 1));
}

/** Which of all intervals are the `within`-th of each quantile, `[n, quantiles]` to int32 `[n * quantiles]`. */
function intervalsAt(within: Tensor, count: number): Tensor {
  const quantiles = lengthOf(within.shape, 1);
  // Tables that are not fitted yet end before everything.
  const inside = minimum(within, count - 1);
  return toInt(reshape(add(inside, everySo(quantiles, count)), [-1]));
}

/** The first `n` multiples of a whole number, from 0: `[n]`. */
function everySo(n: number, step: number): Tensor {
  return constant({ shape: [n], data: Float32Array.from({ length: n }, (_, i) => i * step) });
}

/** The sums of a row's probabilities up to each of them. */
function cumulated(probabilities: Tensor): Tensor {
  const count = lengthOf(probabilities.shape, 1);
  const triangle = Float32Array.from({ length: count * count }, (_, at) =>
    Math.floor(at / count) <= at % count ? 1 : 0,
  );
  return matmul(probabilities, constant({ shape: [count, count], data: triangle }));
}

/**
 * Draws a class for each row, from 0, `[n, 1]`.
 * @param upTo sums of their probabilities up to each, `[n, classes]`, or `[1, classes]` for all rows
 * @param uniform `[n, 1]`, in [0, 1)
 */
function drawClass(upTo: Tensor, uniform: Tensor): Tensor {
  const count = lengthOf(upTo.shape, 1);
  const reached = mul(uniform, slice(upTo, [0, count - 1], upTo.shape));
  const passed = sum(toFloat(lessEqual(upTo, reached)), 1, { keepDims: true });
  // Rounding may pass all.
  return minimum(passed, count - 1);
}

/** Sums of probabilities up to each of `count` intervals, for each of `n` draws: from place `first`, `[n]`, of `upTo` on. */
interface Sums {
  readonly upTo: Tensor;
  readonly first: Tensor;
  readonly count: number;
}

/**
 * In which of its intervals a share of all lies, and where in it, from 0 to 1: `[n]` each. It is found by halving, so that a draw looks at few
 * sums however many there are. Places are whole numbers below 2^24, which 32-bit floats hold exactly (`priorBins`).
 */
function invert({ upTo, first, count }: Sums, share: Tensor): { readonly interval: Tensor; readonly place: Tensor } {
  const sumAt = (interval: Tensor | number) => gather(upTo, toInt(add(first, interval)), 0);
  const reached = mul(share, sumAt(count - 1));
  let passed = mul(share, 0);
  for (let step = 2 ** Math.floor(Math.log2(count)); step >= 1; step /= 2) {
    const last = minimum(add(passed, step - 1), count - 1);
    passed = add(passed, mul(step, toFloat(lessEqual(sumAt(last), reached))));
  }
  const interval = mul(passed, toFloat(less(passed, count)));
  const lower = mul(sumAt(maximum(sub(interval, 1), 0)), toFloat(greater(interval, 0)));
  const length = maximum(sub(sumAt(interval), lower), SHORTEST);
  return { interval, place: div(sub(reached, lower), length) };
}

/**
 * How much of the standard normal distribution lies below each number, within 0.00014 (Bowling et al. 2009, "A logistic approximation to the
 * cumulative normal distribution"), and below 1.
 */
function normalShare(z: Tensor): Tensor {
  const logit = add(mul(z, 1.5976), mul(mul(z, mul(z, z)), 0.07056));
  return minimum(sigmoid(logit), 1 - RARELY);
}
