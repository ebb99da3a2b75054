import type { Dataset } from "../data/dataset.js";
import { type CriticModel, scorerOf } from "../game/judging.js";
import { createRng } from "../random.js";
import { optimalScores } from "./optimalScores.js";

/** Rows and columns of a surface. */
const SIDE = 81;
/** Samples that the rectangle lies around, and most that an optimal critic is solved for. */
const POINTS = 1000;

/** A critic's or discriminator's output over a rectangle: `values[row * columns + column]`, rows from `y[0]` up to `y[1]`. */
export interface Surface {
  /** The first and the last place along x. */
  readonly x: readonly [number, number];
  /** The first and the last place along y. */
  readonly y: readonly [number, number];
  /** How many places there are along y. */
  readonly rows: number;
  /** How many places there are along x. */
  readonly columns: number;
  /** The output at each place, `[rows, columns]`, flat. */
  readonly values: Float32Array;
  /** Half-way between the mean output on held-out real samples and on fakes: a score that only counts up to a constant has its 0 there. */
  readonly middle: number;
}

/** What a learned critic and the optimal one make of the plane. */
export interface Surfaces {
  /** For two-dimensional data. */
  readonly surface: Surface | null;
  /** The same rectangle under the optimal critic between held-out real samples and the run's last fakes; `null` where those are not finite. */
  readonly optimalSurface: Surface | null;
}

type Interval = readonly [number, number];
/** An upright rectangle of the plane. */
export type Rectangle = Pick<Surface, "x" | "y">;

/**
 * What the learned critic of a run makes of the plane, and what the optimal one makes of it (`optimalScores`, between held-out real
 * samples and as many of the fakes). Nothing is drawn of samples in other than two dimensions, of a critic with
 * conditions, which has a surface for each of them, or of fakes that are not finite.
 * @param fakes of the trained generator, `[n, 2]`
 */
export async function surfacesOf(
  model: CriticModel,
  data: Dataset,
  fakes: Float32Array,
  seed: number,
): Promise<Surfaces> {
  const planar = data.kind === "points" && data.fields.sample.shape[0] === 2;
  const conditional = model.game.conditionShape !== null;
  if (!planar || conditional || !fakes.every(Number.isFinite)) return { surface: null, optimalSurface: null };
  const rng = createRng(seed);
  const rectangle = around(data.batch(rng, POINTS).sample);
  const unseen = data.heldOut ?? data;
  const n = Math.min(POINTS, unseen.size, fakes.length / 2);
  const [real, fake] = [unseen.batch(rng, n).sample, fakes.subarray(0, 2 * n)];
  const points = Float32Array.from([...gridOver(rectangle, SIDE), ...real, ...fake]);
  const surfaceFrom = (scores: Float32Array): Surface => ({
    ...rectangle,
    rows: SIDE,
    columns: SIDE,
    values: scores.slice(0, SIDE ** 2),
    middle: scores.subarray(SIDE ** 2).reduce((sum, score) => sum + score, 0) / (2 * n),
  });
  return {
    surface: surfaceFrom(await scoresOf(model, points)),
    optimalSurface: surfaceFrom(optimalScores(real, fake, 2, points)),
  };
}

async function scoresOf(model: CriticModel, points: Float32Array): Promise<Float32Array> {
  const count = points.length / 2;
  const scorer = await scorerOf(model, count);
  const { scores } = await scorer.run(model.state, { x: { shape: [count, 2], data: points } });
  await scorer.release();
  return scores;
}

/** The rectangle around points `[n, 2]`, with a margin of a fifth of its size. */
export function around(points: Float32Array): Rectangle {
  const [x, y] = [0, 1].map((axis): Interval => {
    const values = points.filter((_, i) => i % 2 === axis);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = (high - low) / 5;
    return [low - margin, high + margin];
  }) as [Interval, Interval];
  return { x, y };
}

/** Points over a rectangle, `[side^2, 2]`: row by row from y[0] up. */
export function gridOver({ x, y }: Rectangle, side: number): Float32Array {
  const at = ([low, high]: Interval, i: number) => low + ((high - low) * i) / (side - 1);
  return Float32Array.from({ length: 2 * side ** 2 }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? at(x, cell % side) : at(y, Math.floor(cell / side));
  });
}
