import { createRng, type Rng, restoreRng } from "../../random.js";
import { funnelPair, type GroundTruthPair } from "../../transport/groundTruth.js";
import { type Cell, cellName } from "./cells.js";
import { drawPairs, type Pairs, trueDistance } from "./pairs.js";
import { publishedTruth } from "./published.js";

/** Pairs that critics are measured on, as many as were published. */
const HELD_OUT = 4096;
/** Pairs in a pool, and critic updates that draw their batches from it: with batches of 1,024 each point is used about eight times. */
const POOL = 32_768;
export const UPDATES_PER_POOL = 250;
/** Largest difference between the true W1 of a pair and the published one, and how many pairs it is judged by. */
const LIKE = 0.03;
const PAIRS_TO_JUDGE = 1000;

/** The data of one cell. It is the same for every critic, and the same for the same seed. */
export interface CellSamples {
  readonly pair: GroundTruthPair;
  readonly heldOut: Pairs;
  /** The pool of the updates from `index * UPDATES_PER_POOL` on: another for each index, and none shares points with `heldOut`. */
  pool(index: number): Pairs;
  /** A generator for all else that a critic needs: its first weights and its batches. */
  rng(): Rng;
}

/**
 * Draws the pair of distributions of a cell, and what is sampled from it. Drawing a pair takes microseconds for each funnel and dimension,
 * so batches come from pools of pairs that are renewed as training goes on.
 */
export function cellSamples(cell: Cell, seed: number): CellSamples {
  const root = createRng(seed);
  const pair = comparablePair(cell, root.split());
  const heldOut = drawPairs(pair, root.split(), HELD_OUT);
  const pools = root.split().state();
  const others = root.split();
  return {
    pair,
    heldOut,
    pool(index) {
      const streams = restoreRng(pools);
      for (let before = 0; before < index; before++) streams.split();
      return drawPairs(pair, streams.split(), POOL);
    },
    rng: () => restoreRng(others.state()),
  };
}

/**
 * A pair of distributions. How hard it is to learn depends on the draw, with few funnels by a lot: of a published cell the pair is the
 * first to be drawn whose true W1 is near the published one, so that both tables are about pairs of like difficulty.
 */
function comparablePair(cell: Cell, rng: Rng): GroundTruthPair {
  const published = publishedTruth(cellName(cell));
  for (;;) {
    const pair = funnelPair(cell, rng);
    if (published === null) return pair;
    const truth = trueDistance(drawPairs(pair, rng, PAIRS_TO_JUDGE), cell.dimension);
    if (Math.abs(truth / published - 1) < LIKE) return pair;
  }
}
