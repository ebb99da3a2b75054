import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import {
  abs,
  allReduce,
  concat,
  constant,
  fill,
  gather,
  lengthOf,
  matmul,
  mul,
  relu,
  reshape,
  slice,
  sub,
  sum,
  type Tensor,
  transpose,
  zeros,
} from "../engine/index.js";
import { samplesDealt } from "./batchShare.js";
import type { Term } from "./game.js";

/** Hat functions over the range of a quantile. */
const HATS = 8;
/** A feature as rare as this weighs no more than if it were so frequent. */
const RAREST = 1e-4;
/** With more features than this, the most frequent ones count. */
const MOST_FEATURES = 2000;

/**
 * A term for a generator of rows: the mean of each product of two features of a fake is to be what it is in the data. The features of a row
 * are its choices, and of each quantile 8 hat functions, 0 where its gate is closed. With M the data's mean products, A and B those of the
 * two halves of a batch of fakes, and p how often a feature occurs:
 *
 *     weight sum_ij (A - M)_ij (B - M)_ij / sqrt(p_i p_j + 1e-4)
 *
 * The halves are independent, so that its mean is the squared distance to M itself, without the noise of a batch.
 * @param rows gives rows of the data, encoded: flat `[n, layout.width]`. They are counted when a step is first made of the term.
 */
export function momentsTerm(layout: RowLayout, rows: () => Float32Array, weight: number): Term {
  let counted: Wanted | undefined;
  return {
    name: "moments",
    player: "generator",
    of({ fake, share }) {
      counted ??= wantedOf(layout, rows(), weight);
      const { features, products, weights } = counted;
      const shape = [features.length, features.length];
      const wanted = constant({ shape, data: products });
      const half = Math.floor((share?.samples ?? lengthOf(fake.x.shape, 0)) / 2);
      const before = (sample: number) => (share ? samplesDealt(sample, share.pack, share) : sample);
      const productsOf = (from: number, to: number) => {
        if (from === to) return zeros(shape);
        const values = gather(featuresOf(layout, slice(fake.x, [from, 0], [to, layout.width])), features, 1);
        return mul(matmul(transpose(values, [1, 0]), values), 1 / half);
      };
      const apart = (from: number) => {
        const own = productsOf(before(from), before(from + half));
        return sub(share ? allReduce(own) : own, wanted);
      };
      return sum(mul(mul(apart(0), apart(half)), constant({ shape, data: weights })));
    },
  };
}

/** What the mean products are to be, and how much each of them weighs. */
interface Wanted extends Moments {
  /** `[features, features]` */
  readonly weights: Float32Array;
}

function wantedOf(layout: RowLayout, rows: Float32Array, weight: number): Wanted {
  const moments = momentsOf(layout, rows);
  const { features, products } = moments;
  const count = features.length;
  const often = features.map((_, i) => Math.max(products[i * count + i] ?? 0, RAREST));
  const weights = products.map((_, k) => {
    const [i, j] = [Math.floor(k / count), k % count];
    return weight / Math.sqrt((often[i] ?? 0) * (often[j] ?? 0) + RAREST);
  });
  return { ...moments, weights };
}

/** All features of encoded rows, `[n, layout.width]` to `[n, features]`: choices, then hats. */
function featuresOf(layout: RowLayout, rows: Tensor): Tensor {
  const n = lengthOf(rows.shape, 0);
  const quantiles = quantilesIn(layout);
  const parts = [gather(rows, choicesOf(layout), 1)];
  if (quantiles.length > 0) {
    const one = [n, quantiles.length, 1];
    const places = quantiles.map(({ quantile }) => quantile);
    const gates = quantiles.map(({ gate }) => gate ?? layout.width);
    const position = reshape(gather(rows, places, 1), one);
    const open = reshape(gather(concat([rows, fill([n, 1], 1)], 1), gates, 1), one);
    const centers = Float32Array.from({ length: HATS }, (_, i) => (2 * i) / (HATS - 1) - 1);
    const away = mul(abs(sub(position, constant({ shape: [HATS], data: centers }))), (HATS - 1) / 2);
    parts.push(reshape(mul(relu(sub(1, away)), open), [n, quantiles.length * HATS]));
  }
  return concat(parts, 1);
}

interface Moments {
  /** The places of the most frequent features, ascending. */
  readonly features: readonly number[];
  /** The mean over rows of each product of two of them, `[features, features]`. */
  readonly products: Float32Array;
}

function momentsOf(layout: RowLayout, rows: Float32Array): Moments {
  const read = featureReader(layout);
  const { all, places, values } = read;
  const count = rows.length / layout.width;
  const sums = new Float64Array(all);
  for (let row = 0; row < count; row++) {
    const present = read.row(rows, row);
    for (let i = 0; i < present; i++) sums[places[i]!]! += values[i]!;
  }
  const byFrequency = [...sums.keys()].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  const features = byFrequency.slice(0, MOST_FEATURES).sort((a, b) => a - b);
  const placeOf = new Int32Array(all).fill(-1);
  for (const [place, feature] of features.entries()) placeOf[feature] = place;
  const products = new Float64Array(features.length ** 2);
  for (let row = 0; row < count; row++) {
    const present = read.row(rows, row);
    for (let one = 0; one < present; one++) {
      const i = placeOf[places[one]!]!;
      if (i < 0) continue;
      for (let other = 0; other < present; other++) {
        const j = placeOf[places[other]!]!;
        if (j >= 0) products[i * features.length + j]! += values[one]! * values[other]!;
      }
    }
  }
  return { features, products: Float32Array.from(products, (sum) => sum / count) };
}

/** Reads the features of encoded rows that are not 0, one row after the other into the same arrays: nothing is kept of 50,000 rows. */
function featureReader(layout: RowLayout) {
  const choices = choicesOf(layout);
  const quantiles = quantilesIn(layout);
  const all = choices.length + HATS * quantiles.length;
  const [places, values] = [new Int32Array(all), new Float64Array(all)];
  return {
    /** How many features there are. */
    all,
    /** Those of the row that was read last, and their values. */
    places,
    values,
    /** Reads a row, and returns how many features it has. */
    row(rows: Float32Array, row: number): number {
      const start = row * layout.width;
      let count = 0;
      const put = (place: number, value: number) => {
        places[count] = place;
        values[count++] = value;
      };
      for (let feature = 0; feature < choices.length; feature++) {
        const value = rows[start + choices[feature]!]!;
        if (value !== 0) put(feature, value);
      }
      for (let i = 0; i < quantiles.length; i++) {
        const { quantile, gate } = quantiles[i]!;
        const open = gate === null ? 1 : rows[start + gate]!;
        if (open === 0) continue;
        const position = ((rows[start + quantile]! + 1) / 2) * (HATS - 1);
        const below = Math.min(HATS - 2, Math.max(0, Math.floor(position)));
        const share = position - below;
        put(choices.length + i * HATS + below, open * (1 - share));
        put(choices.length + i * HATS + below + 1, open * share);
      }
      return count;
    },
  };
}

function choicesOf({ columns }: RowLayout): number[] {
  return columns.flatMap(({ start, choices }) => Array.from({ length: choices }, (_, i) => start + i));
}
