import { conjugateGradients, dot } from "../conjugateGradients.js";

/** Rows that choose among categories, and how many are to choose each. */
export interface CategoryTransport {
  /** `[rows, categories]` */
  readonly logits: Float32Array;
  readonly rows: number;
  /** `[categories]`, above 0, with sum 1. */
  readonly target: Float64Array;
}

/**
 * What one row chooses at prices `bias` and temperature `epsilon`: softmax((logits + bias) / epsilon), and at temperature 0 its highest
 * category alone.
 * @param from where the row's logits begin
 * @param chosen written to from `to` on
 * @returns epsilon log sum exp((logits + bias) / epsilon), which is the maximum at temperature 0
 */
export function choose(
  logits: Float32Array,
  from: number,
  bias: Float64Array,
  epsilon: number,
  chosen: Float32Array,
  to: number,
): number {
  const categories = bias.length;
  let best = 0;
  let highest = -Infinity;
  for (let k = 0; k < categories; k++) {
    const value = logits[from + k]! + bias[k]!;
    if (value > highest) [best, highest] = [k, value];
  }
  if (epsilon === 0) {
    chosen.fill(0, to, to + categories);
    chosen[to + best] = 1;
    return highest;
  }
  let total = 0;
  for (let k = 0; k < categories; k++) {
    const weight = Math.exp((logits[from + k]! + bias[k]! - highest) / epsilon);
    chosen[to + k] = weight;
    total += weight;
  }
  for (let k = 0; k < categories; k++) chosen[to + k]! /= total;
  return highest + epsilon * Math.log(total);
}

/** Half the sum of absolute differences. */
export function totalVariation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + Math.abs(value - b[k]!), 0) / 2;
}

/** When iterations at one temperature end: at a total variation to the target, or at the latest after so many. */
interface Until {
  readonly error: number;
  readonly iterations: number;
}

const CONVERGED: Until = { error: 1e-6, iterations: 50 };
/** Temperature 0 is come to by so many, each a quarter of the one before, as far as a part of one row and of the error of sampling. */
const TEMPERATURES = 4;
const COOLING = 0.25;
const ITERATIONS_EACH = 6;
const PART = 0.25;

/**
 * The prices b, one for each category, that maximise
 *
 *     D(b) = sum_k target[k] b[k] - mean over rows i of epsilon log sum_k exp((logits[i, k] + b[k]) / epsilon)
 *
 * at temperature `epsilon`, or, at 0, with the maximum instead of the logarithm. D is concave and its gradient is the target minus the
 * shares that rows choose. A Sinkhorn step b += epsilon log(target / shares) always raises it and finds the scale from anywhere; Newton's
 * method, damped by halving the step (Kitagawa, Merigot and Thibert 2019, arXiv:1603.05579, algorithm 1), ends it in a few iterations. Its
 * equations are solved by conjugate gradients with products of the rows' choices, so that no table of categories by categories is made.
 *
 * At 0 the solution follows temperatures that fall from the mean gap between a row's two highest logits. Of their prices those are kept
 * whose hard choices come nearest to the target, and nearer than a quarter of what so many draws of the target would miss it by is enough.
 * @returns prices with sum_k target[k] b[k] = 0
 */
export function categoryPrices(problem: CategoryTransport, epsilon: number): Float64Array {
  const start = new Float64Array(problem.target.length);
  if (problem.rows === 0 || start.length === 1) return start;
  if (epsilon > 0) return centred(pricesAt(problem, epsilon, start, CONVERGED), problem.target);
  let [best, error]: [Float64Array, number] = [start, totalVariation(hardShares(problem, start), problem.target)];
  let prices: Float64Array = start;
  let temperature = typicalGap(problem);
  const enough = PART * samplingError(problem);
  const until = { error: PART / problem.rows, iterations: ITERATIONS_EACH };
  for (let k = 0; k < TEMPERATURES && error > enough; k++, temperature *= COOLING) {
    prices = pricesAt(problem, temperature, prices, until);
    const found = totalVariation(hardShares(problem, prices), problem.target);
    if (found < error) [best, error] = [prices, found];
  }
  return centred(best, problem.target);
}

/** The shares of rows that choose each category at temperature 0. */
function hardShares({ logits, rows, target }: CategoryTransport, bias: Float64Array): Float64Array {
  const chosen = new Float32Array(target.length);
  const shares = new Float64Array(target.length);
  for (let i = 0; i < rows; i++) {
    choose(logits, i * target.length, bias, 0, chosen, 0);
    for (let k = 0; k < shares.length; k++) shares[k]! += chosen[k]! / rows;
  }
  return shares;
}

function pricesAt(problem: CategoryTransport, epsilon: number, start: Float64Array, until: Until): Float64Array {
  const { target } = problem;
  let here = choicesAt(problem, start, epsilon);
  for (let k = 0; k < until.iterations && totalVariation(here.shares, target) > until.error; k++) {
    const scaled = here.prices.map((b, k) => b + epsilon * Math.log(target[k]! / Math.max(here.shares[k]!, 1e-300)));
    here = choicesAt(problem, scaled, epsilon);
    here = newtonStep(problem, here, epsilon) ?? here;
  }
  return here.prices;
}

/** What rows choose at some prices. */
interface Choices {
  readonly prices: Float64Array;
  /** `[rows, categories]` */
  readonly chosen: Float32Array;
  readonly shares: Float64Array;
  /** D at these prices. */
  readonly value: number;
}

function choicesAt({ logits, rows, target }: CategoryTransport, prices: Float64Array, epsilon: number): Choices {
  const categories = target.length;
  const chosen = new Float32Array(logits.length);
  const shares = new Float64Array(categories);
  let value = dot(target, prices);
  for (let i = 0, at = 0; i < rows; i++, at += categories) {
    value -= choose(logits, at, prices, epsilon, chosen, at) / rows;
    for (let k = 0; k < categories; k++) shares[k]! += chosen[at + k]! / rows;
  }
  return { prices, chosen, shares, value };
}

/** Halvings of a step before it is given up. */
const HALVINGS = 6;

/** A step that raises D enough (Armijo's condition), or `undefined` where rounding or curvature leave none. */
function newtonStep(problem: CategoryTransport, here: Choices, epsilon: number): Choices | undefined {
  const gradient = problem.target.map((t, k) => t - here.shares[k]!);
  const direction = newtonDirection(here, problem.rows, gradient).map((d) => epsilon * d);
  const slope = dot(gradient, direction);
  for (let k = 0, length = 1; k < HALVINGS; k++, length /= 2) {
    const there = choicesAt(
      problem,
      here.prices.map((b, k) => b + length * direction[k]!),
      epsilon,
    );
    if (there.value >= here.value + 1e-4 * length * slope) return there;
  }
  return undefined;
}

/** Solves (diag(shares) - chosen' chosen / rows) d = gradient, of rank categories - 1; both sides sum to 0. */
function newtonDirection({ chosen, shares }: Choices, rows: number, gradient: Float64Array): Float64Array {
  const categories = shares.length;
  // A category that no row chooses yet would have no curvature.
  const diagonal = shares.map((share, k) => Math.max(share, Math.abs(gradient[k]!)));
  const times = (v: Float64Array) => {
    const product = v.map((value, k) => diagonal[k]! * value);
    for (let i = 0, at = 0; i < rows; i++, at += categories) {
      let mean = 0;
      for (let k = 0; k < categories; k++) mean += chosen[at + k]! * v[k]!;
      mean /= rows;
      for (let k = 0; k < categories; k++) product[k]! -= chosen[at + k]! * mean;
    }
    return product;
  };
  return conjugateGradients(times, diagonal, gradient);
}

/** The mean gap between a row's two highest logits; 1 where all are level. */
function typicalGap({ logits, rows, target }: CategoryTransport): number {
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++, at += target.length) {
    let [first, second] = [-Infinity, -Infinity];
    for (let k = 0; k < target.length; k++) {
      const value = logits[at + k]!;
      if (value > first) [first, second] = [value, first];
      else if (value > second) second = value;
    }
    sum += first - second;
  }
  return sum > 0 ? sum / rows : 1;
}

/** The mean total variation between a target and as many draws of it as there are rows, where they are many. */
function samplingError({ rows, target }: CategoryTransport): number {
  return target.reduce((sum, t) => sum + Math.sqrt((2 * t * (1 - t)) / (Math.PI * rows)), 0) / 2;
}

function centred(prices: Float64Array, target: Float64Array): Float64Array {
  const mean = dot(prices, target);
  return prices.map((price) => price - mean);
}
