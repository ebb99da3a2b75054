import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import {
  add,
  concat,
  constant,
  div,
  equal,
  gather,
  greaterEqual,
  lengthOf,
  less,
  lessEqual,
  log,
  matmul,
  minimum,
  mul,
  pad,
  reshape,
  type Shape,
  sizeOf,
  softmax,
  sub,
  sum,
  type Tensor,
  toFloat,
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

/** A quantile is kept so far inside its range, where the inverse of tanh is finite. */
const INSIDE = 0.99999;
/** Added to probabilities of which a logarithm is taken. */
const RARELY = 1e-7;

/**
 * A mixture of latent classes over encoded rows, in each of which the columns are independent: what a generator of rows may start from.
 * `weights` `[classes]` and `choices` `[classes, layout.width]` are logarithms of probabilities (0 at the places of quantiles), `bins`
 * `[classes, quantiles * bins]` are the probabilities of the intervals of each quantile, where its gate is open, and `starts` and `ends`
 * `[quantiles, bins]` where each interval begins and ends; one that is empty begins and ends at 2.
 */
export type PriorTables = ParameterSet;

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
  const empty = Object.entries(priorShapes(layout, classes)).map(
    ([name, shape]) => [name, { shape, data: new Float32Array(sizeOf(shape)) }] as const,
  );
  return {
    noise: priorNoise(layout),
    buffers: priorBuffers(Object.fromEntries(empty)),
    draw({ noise, buffers }, given) {
      const tables = {
        weights: named("buffer", buffers, "prior.weights"),
        choices: named("buffer", buffers, "prior.choices"),
        bins: named("buffer", buffers, "prior.bins"),
        starts: named("buffer", buffers, "prior.starts"),
        ends: named("buffer", buffers, "prior.ends"),
      };
      const drawn = {
        class: named("noise", noise, "class"),
        interval: named("noise", noise, "interval"),
        place: named("noise", noise, "place"),
      };
      return drawPrior(layout, tables, drawn, given);
    },
  };
}

/** Tables under the names that they have among a network's buffers. */
export function priorBuffers(tables: PriorTables): ParameterSet {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [`prior.${name}`, table]));
}

/** @throws TypeError where a network is applied without it */
export function named(kind: string, tensors: Readonly<Record<string, Tensor>>, name: string): Tensor {
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
    bins: [classes, count * bins],
    starts: [count, bins],
    ends: [count, bins],
  };
}

type TableName = "weights" | "choices" | "bins" | "starts" | "ends";
type Tables = Readonly<Record<TableName, Tensor>>;

/** How many intervals each quantile has. */
export function priorBins(layout: RowLayout): number {
  return quantilesIn(layout).length > MANY_QUANTILES ? FEWER_BINS : MOST_BINS;
}

/** The noise that a draw needs: a class, and an interval and a place in it for each quantile. */
export function priorNoise(layout: RowLayout): Readonly<Record<string, Noise>> {
  const count = quantilesIn(layout).length;
  return {
    class: { shape: [1], distribution: "uniform", inUse: true },
    interval: { shape: [Math.max(count, 1)], distribution: "uniform", inUse: true },
    place: { shape: [Math.max(count, 1)], distribution: "uniform", inUse: true },
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
  noise: Readonly<Record<"class" | "interval" | "place", Tensor>>,
  given: GivenColumns | null,
): Tensor {
  const { weights, choices, bins, starts, ends } = tables;
  const [n = 1] = noise.class.shape;
  const quantiles = quantilesIn(layout);
  // A weight for each row, whose number may be open.
  const joint = add(weights, given ? likelihood(layout, tables, given) : mul(noise.class, 0));
  const drawn = drawOne(softmax(joint), noise.class);
  const base = matmul(drawn, choices);
  if (quantiles.length === 0) return base;
  const count = priorBins(layout);
  const ofClass = reshape(matmul(drawn, bins), [-1, count]);
  const chosen = reshape(drawOne(ofClass, reshape(noise.interval, [-1, 1])), [n, quantiles.length, count]);
  const start = sum(mul(chosen, starts), 2);
  const length = sum(mul(chosen, sub(ends, starts)), 2);
  const quantile = mul(add(start, mul(length, noise.place)), INSIDE);
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
function likelihood(
  layout: RowLayout,
  { choices, bins, starts, ends }: Tables,
  { values, mask }: GivenColumns,
): Tensor {
  const [n = 1] = values.shape;
  const quantiles = quantilesIn(layout);
  const isChoice = Float32Array.from({ length: layout.width }, (_, at) =>
    quantiles.some(({ quantile }) => quantile === at) ? 0 : 1,
  );
  const ofChoices = mul(values, constant({ shape: [layout.width], data: isChoice }));
  const fromChoices = matmul(ofChoices, transpose(choices, [1, 0]));
  if (quantiles.length === 0) return fromChoices;
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
  const within = minimum(position, INSIDE);
  const inside = mul(sub(toFloat(greaterEqual(within, starts)), toFloat(greaterEqual(within, ends))), open);
  const logs = log(add(bins, RARELY));
  return add(fromChoices, matmul(reshape(inside, [n, quantiles.length * priorBins(layout)]), transpose(logs, [1, 0])));
}

/**
 * One of each row's possibilities, one-hot, `[rows, count]`.
 * @param probabilities `[rows, count]`, of sum 1
 * @param uniform `[rows, 1]`, in [0, 1)
 */
function drawOne(probabilities: Tensor, uniform: Tensor): Tensor {
  const count = lengthOf(probabilities.shape, 1);
  const triangle = Float32Array.from({ length: count * count }, (_, at) =>
    Math.floor(at / count) <= at % count ? 1 : 0,
  );
  const upTo = matmul(probabilities, constant({ shape: [count, count], data: triangle }));
  const all = sum(probabilities, 1, { keepDims: true });
  const passed = toFloat(lessEqual(upTo, mul(uniform, all)));
  const place = sum(passed, 1, { keepDims: true });
  const counts = constant({ shape: [count], data: Float32Array.from({ length: count }, (_, i) => i) });
  const inside = toFloat(less(place, count));
  return toFloat(equal(counts, mul(place, inside)));
}
