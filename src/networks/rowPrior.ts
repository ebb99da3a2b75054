import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import {
  add,
  concat,
  constant,
  div,
  gather,
  greaterEqual,
  lengthOf,
  less,
  lessEqual,
  log,
  matmul,
  max,
  minimum,
  mul,
  neg,
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

/** Fewer rows of the data than this for each class would make classes of single rows. */
const ROWS_A_CLASS = 40;

/** More than a sum of probabilities can be. */
const BEYOND = 2;
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

/** How many intervals each quantile has. */
export function priorBins(layout: RowLayout): number {
  return quantilesIn(layout).length > MANY_QUANTILES ? FEWER_BINS : MOST_BINS;
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
  const classes = toInt(reshape(drawPlace(cumulated(softmax(joint)), noise.class), [-1]));
  const base = gather(choices, classes, 0);
  if (quantiles.length === 0) return base;
  const count = priorBins(layout);
  const below = reshape(normalShare(matmul(noise.within, transpose(factor, [1, 0]))), [-1, 1]);
  const { interval, place } = invert(reshape(gather(upTo, classes, 0), [-1, count]), below);
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
  const first = Float32Array.from({ length: quantiles }, (_, i) => i * count);
  // Tables that are not fitted yet end before everything.
  const inside = minimum(within, count - 1);
  return toInt(reshape(add(inside, constant({ shape: [quantiles], data: first })), [-1]));
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
 * Draws one of each row's possibilities: its place, from 0, `[rows, 1]`.
 * @param upTo sums of their probabilities up to each, `[rows, count]`, or `[1, count]` for all rows; the last is 1, to rounding
 * @param uniform `[rows, 1]`, in [0, 1)
 */
function drawPlace(upTo: Tensor, uniform: Tensor): Tensor {
  return invert(upTo, uniform).interval;
}

/** In which of each row's intervals a share of all lies, and where in it, from 0 to 1. @param upTo as of `drawPlace` @param share likewise */
function invert(upTo: Tensor, share: Tensor): { readonly interval: Tensor; readonly place: Tensor } {
  const count = lengthOf(upTo.shape, 1);
  const reached = mul(share, slice(upTo, [0, count - 1], upTo.shape));
  const passed = toFloat(lessEqual(upTo, reached));
  const after = sum(passed, 1, { keepDims: true });
  const lower = max(mul(upTo, passed), 1, { keepDims: true });
  const upper = neg(max(neg(add(upTo, mul(passed, BEYOND))), 1, { keepDims: true }));
  return { interval: mul(after, toFloat(less(after, count))), place: div(sub(reached, lower), sub(upper, lower)) };
}

/**
 * How much of the standard normal distribution lies below each number, within 0.00014 (Bowling et al. 2009, "A logistic approximation to the
 * cumulative normal distribution"), and below 1.
 */
function normalShare(z: Tensor): Tensor {
  const logit = add(mul(z, 1.5976), mul(mul(z, mul(z, z)), 0.07056));
  return minimum(sigmoid(logit), 1 - RARELY);
}
