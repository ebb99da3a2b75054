import { emdFloor } from "../metrics/exactDistances.js";
import type { Range } from "../metrics/metric.js";
import type { Comparison, RunPictures, RunResult } from "../runs/results.js";
import { type Look, looksOf } from "./looks.js";

/** A mean over seeds and its standard error, which one seed does not have. */
export interface Spread {
  readonly mean: number;
  readonly error: number | null;
}

/** All runs of one pairing. */
export interface Group {
  readonly look: Look;
  /** One a seed. */
  readonly runs: readonly RunResult[];
  readonly pictures: readonly RunPictures[];
}

/** The runs of a comparison by pairing, in the order in which the pairings first appear. */
export function groupsOf({ results, pictures, oneDimensional }: Comparison): readonly Group[] {
  const names = [...new Set(results.runs.map(({ loss }) => loss))];
  // A pairing that is drawn on the line only has a stroke too, which no run may take.
  const others = (oneDimensional?.curves ?? []).map(({ loss }) => loss).filter((loss) => !names.includes(loss));
  const looks = looksOf([...names, ...others]).slice(0, names.length);
  return looks.map((look) => ({
    look,
    runs: results.runs.filter(({ loss }) => loss === look.name),
    pictures: pictures.filter(({ loss }) => loss === look.name),
  }));
}

/** The mean of a figure over several runs, those left out where it does not apply or is not finite; `null` where it is of none. */
export function meanOf(runs: readonly RunResult[], figure: (run: RunResult) => number | null): Spread | null {
  return spreadOf(runs.map(figure).filter((value) => value !== null));
}

/**
 * The distance between two real samples of the size that exact distances are measured on, which no distance falls below but by chance:
 * the mean over the seeds; `null` where no run has it.
 */
export function floorOf(groups: readonly Group[]): number | null {
  return meanOverSeeds(groups, emdFloor.of);
}

/** The mean over the seeds of a figure that all runs of a seed share; `null` where no run has it. */
export function meanOverSeeds(groups: readonly Group[], figure: (run: RunResult) => number | null): number | null {
  const known = groups.flatMap(({ runs }) =>
    runs.flatMap((run): [number, number][] => {
      const value = figure(run);
      return value === null ? [] : [[run.seed, value]];
    }),
  );
  return spreadOf([...new Map(known).values()])?.mean ?? null;
}

/** Mean and standard error, s / sqrt(n) with s the sample deviation (n - 1), over the finite ones of several numbers. */
export function spreadOf(all: readonly number[]): Spread | null {
  const values = all.filter(Number.isFinite);
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: n === 1 ? null : Math.sqrt(squares / (n - 1) / n) };
}

/** The smallest and largest of several ranges; `null` of none. */
export function widest(ranges: readonly Range[]): Range | null {
  if (ranges.length === 0) return null;
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}
