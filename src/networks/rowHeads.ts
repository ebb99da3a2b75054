import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import {
  add,
  concat,
  constant,
  gather,
  greaterEqual,
  lengthOf,
  log,
  max,
  maximum,
  mul,
  neg,
  pad,
  reshape,
  softmax,
  stopGradient,
  straightThrough,
  sub,
  type Tensor,
  tanh,
  toFloat,
} from "../engine/index.js";

/** What stands where a group has fewer choices than others beside it: never chosen. */
const NEVER = -1e4;
/** A choice that is less likely than exp of this gets no smaller: numbers below the normal float32 are slow. */
const LEAST_LIKELY = -30;
/** Uniform numbers are kept so far away from 0 and 1, where the Gumbel distribution ends. */
const MARGIN = 1e-6;

/** Turns what a network's last layer gives for a row into a row of a table, as `tableRows` encodes it. */
export interface RowHeads {
  /**
   * `[n, layout.width]` to `[n, layout.width]`. Of each column's choices one is drawn, by the Gumbel-softmax with a straight-through gradient
   * (Jang et al. 2017, arXiv:1611.01144): exactly 1 for it and 0 for the others, and backwards the softmax at the temperature. Quantiles are
   * a tanh, and 0 where another choice than their gate is drawn.
   * @param uniform `[n, layout.width]`, uniform in [0, 1)
   */
  apply(logits: Tensor, uniform: Tensor): Tensor;
}

/** Columns whose choices are as many, counted up to the next power of two. */
interface Group {
  /** Choices of each. */
  readonly length: number;
  /** The places of all their choices in a row, column by column; `layout.width` where there is none. */
  readonly places: readonly number[];
}

/**
 * Prepares the heads of rows.
 * @param temperature of the Gumbel-softmax
 */
export function rowHeads(layout: RowLayout, temperature: number): RowHeads {
  const { width } = layout;
  const groups = groupsOf(layout);
  const quantiles = quantilesIn(layout);
  const order = [...groups.flatMap(({ places }) => places), ...quantiles.map(({ quantile }) => quantile)];
  const back = Array.from({ length: width }, () => 0);
  for (const [at, place] of order.entries()) if (place < width) back[place] = at;
  const always = order.length;
  const gates = quantiles.map(({ gate }) => (gate === null ? always : order.indexOf(gate)));
  return {
    apply(logits, uniform) {
      const [n = 1] = logits.shape;
      const noisy = withZero(add(logits, gumbel(uniform)));
      const drawn = groups.map(({ length, places }) => {
        const beside = places.includes(width) ? vector(places.map((place) => (place === width ? NEVER : 0))) : 0;
        const choices = reshape(add(gather(noisy, places, 1), beside), [n, places.length / length, length]);
        return reshape(choose(choices, temperature), [n, places.length]);
      });
      if (quantiles.length === 0) return gather(concat(drawn, 1), back, 1);
      const position = tanh(
        gather(
          logits,
          quantiles.map(({ quantile }) => quantile),
          1,
        ),
      );
      const isAlways = vector(gates.map((gate) => (gate === always ? 1 : 0)));
      const open = add(gather(withZero(concat([...drawn, position], 1)), gates, 1), isAlways);
      return gather(concat([...drawn, mul(position, open)], 1), back, 1);
    },
  };
}

function vector(values: readonly number[]): Tensor {
  return constant({ shape: [values.length], data: Float32Array.from(values) });
}

/** `x` `[n, width]` with a column of 0 after the others. */
function withZero(x: Tensor): Tensor {
  return pad(x, [0, 0], [0, 1]);
}

/** One of the choices along the last axis: forwards the largest, backwards the softmax. */
function choose(choices: Tensor, temperature: number): Tensor {
  const best = stopGradient(max(choices, -1, { keepDims: true }));
  const chosen = firstOf(greaterEqual(choices, best), lengthOf(choices.shape, -1));
  return straightThrough(chosen, softmax(maximum(mul(sub(choices, best), 1 / temperature), LEAST_LIKELY)));
}

/** Of what holds along the last axis, which is `length` long, the first alone: 1 there, 0 elsewhere. */
function firstOf(holds: Tensor, length: number): Tensor {
  const order = vector(Array.from({ length }, (_, i) => length - i));
  const ordered = mul(toFloat(holds), order);
  return toFloat(greaterEqual(ordered, max(ordered, -1, { keepDims: true })));
}

/** -log(-log u): what makes an argmax of logits a draw from their softmax. */
function gumbel(uniform: Tensor): Tensor {
  const inside = add(mul(uniform, 1 - 2 * MARGIN), MARGIN);
  return neg(log(neg(log(inside))));
}

function groupsOf({ width, columns }: RowLayout): Group[] {
  const byLength = new Map<number, number[]>();
  for (const { start, choices } of columns) {
    if (choices === 0) continue;
    const length = 2 ** Math.ceil(Math.log2(choices));
    const places = byLength.get(length) ?? [];
    for (let i = 0; i < length; i++) places.push(i < choices ? start + i : width);
    byLength.set(length, places);
  }
  return [...byLength].map(([length, places]) => ({ length, places }));
}
