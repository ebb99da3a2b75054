import type { Described } from "../catalogue.js";
import type { Circumstances, Measurement } from "./measurement.js";

/** From the smallest to the largest of several numbers. */
export type Range = readonly [smallest: number, largest: number];

/** What was measured, by the names of the metrics. A figure that does not apply, or was not measured, is not there. */
export type Figures = Readonly<Record<string, number | Range>>;

/** Whatever has figures: an evaluation, or a run with those at its end. */
export interface HasFigures {
  readonly figures: Figures;
}

/** What a run measured at one moment of its training. */
export interface Evaluation extends HasFigures {
  /** Generator iterations done. */
  readonly iteration: number;
  /** Seconds of training so far, evaluations included. */
  readonly seconds: number;
}

/**
 * Where a figure is shown: in the command line's `table` of a comparison and in its lines of `progress`; in the report's `tiles`, its
 * table of `differences` between the pairings, its table of all `runs`, and as a `chart` over the iterations; in the Studio's
 * `studioTable` of saved runs and as a `studioChart` over their iterations. `results.json` and `monge info` have every figure.
 */
export const PLACES = [
  "table",
  "progress",
  "tiles",
  "differences",
  "runs",
  "chart",
  "studioTable",
  "studioChart",
] as const;
export type Place = (typeof PLACES)[number];

/** How a figure is written. */
export interface Notation {
  /** `share` is 0 to 1 and written in percent, `correlation` has two decimals. Default: "number". */
  readonly style?: "number" | "share" | "correlation" | undefined;
  /** Significant digits where there is little room. Default: 3. */
  readonly digits?: number | undefined;
  /** The name of the figure that this one is a part of, as in "21 of 25". */
  readonly outOf?: string | undefined;
  /** The names of the two figures that narrow tables have instead of this one, as in "1.2 → 0.3": how it began and how it ended. */
  readonly ends?: readonly [first: string, last: string] | undefined;
}

/** How a figure is drawn over the iterations. */
export interface Chart {
  /** Default: "linear", or 0 to the whole for a share and for what is a part of another figure. */
  readonly scale?: "linear" | "logarithmic" | undefined;
  /** A value to compare with: a number or the name of a figure, and a short text for its line. */
  readonly reference?: { readonly at: number | string; readonly text: string } | undefined;
}

/**
 * Everything that is said of a figure, as plain data: `results.json` has it for each figure in it. Its name, letters and digits in
 * camelCase, is the figure's in `figures`.
 */
export interface MetricFacts extends Described {
  /** A word or two for columns: "Exact distance". Default: the title. */
  readonly label: string;
  /** For the narrow columns of a terminal: "EMD". Default: the label. */
  readonly head: string;
  /** Default: none, the figure is a number without a unit. */
  readonly unit?: string | undefined;
  /** Which way is better. Default: "none", it depends. */
  readonly better:
    | "higher"
    | "lower"
    | "none"
    | {
        /** The value that is best. */
        readonly near: number;
      };
  /** Whether it tells how near the generator has come, or what the two networks are to each other. Default: "outcome". */
  readonly about: "outcome" | "training";
  /** Default: everywhere. */
  readonly places: readonly Place[];
  /** How the figure is written: with how many digits, or as a share. */
  readonly notation: Notation;
  /** How the figure is drawn over a run. */
  readonly chart: Chart;
}

/** A figure that can be shown: what is said of it, and its value. */
export interface Shown<T extends number | Range = number | Range> extends MetricFacts {
  /** `null` where it does not apply, was not measured, or is not known. */
  of(holder: HasFigures): T | null;
}

/** What is measured at each evaluation. */
export interface Metric<T extends number | Range = number | Range> extends Shown<T> {
  /**
   * Whether it says anything of such a game on such data. Default: always.
   * @param circumstances the game and the data
   */
  applies(circumstances: Circumstances): boolean;
  /**
   * `null` where there is nothing to tell this time.
   * @param measurement the networks, reals and fakes
   */
  measure(measurement: Measurement): Promise<T | null> | T | null;
}

/** What a whole run comes to, computed from its evaluations, oldest first. */
export interface Summary extends Shown<number> {
  /**
   * The figure of a run; `null` where there is nothing to tell.
   * @param history the run's evaluations, the oldest first
   */
  ofHistory(history: readonly Evaluation[]): number | null;
}

/** What a user brings for one piece of work. */
export type OwnMetric = Metric | Summary;

export function isMetric(shown: Shown): shown is Metric {
  return "measure" in shown;
}

export function isSummary(shown: Shown): shown is Summary {
  return "ofHistory" in shown;
}

type Given<Whole, Needed extends keyof Whole> = Pick<Whole, Needed> & Partial<Omit<Whole, Needed | "of">>;
type FactsGiven = Given<MetricFacts, "name" | "title" | "summary">;
type MetricGiven<T extends number | Range> = Given<Metric<T>, "name" | "title" | "summary" | "measure">;

/**
 * A metric whose figure is one number. Whatever is left out has its default.
 *
 * ```ts
 * const spread = metric({
 *   name: "spread",
 *   title: "Spread of the samples",
 *   summary: "The mean distance of a generated sample from 0.",
 *   measure: ({ samples }) => samples.reduce((sum, x) => sum + Math.abs(x), 0) / samples.length,
 * });
 * ```
 * @param given its name, title, sentence and how it is measured, and what else differs from the defaults
 */
export function metric(given: MetricGiven<number>): Metric<number> {
  return { ...factsOf(given), applies: () => true, ...given, of: numberNamed(given.name) };
}

/**
 * A metric whose figure is a smallest and a largest number. Whatever is left out has its default.
 * @param given its name, title, sentence and how it is measured, and what else differs from the defaults
 */
export function rangeMetric(given: MetricGiven<Range>): Metric<Range> {
  return { ...factsOf(given), applies: () => true, ...given, of: rangeNamed(given.name) };
}

/**
 * A summary of a run. Whatever is left out has its default.
 * @param given its name, title, sentence and how it is computed, and what else differs from the defaults
 */
export function summary(given: Given<Summary, "name" | "title" | "summary" | "ofHistory">): Summary {
  return { ...factsOf(given), ...given, of: numberNamed(given.name) };
}

/** A figure that follows from others, and is kept nowhere. Whatever is left out has its default. */
export function derived(given: FactsGiven & Pick<Shown<number>, "of">): Shown<number> {
  return { ...factsOf(given), ...given };
}

/** A figure of which only the facts are known, as of one that another program measured. */
export function shownByName(given: FactsGiven): Shown {
  const [asNumber, asRange] = [numberNamed(given.name), rangeNamed(given.name)];
  return { ...factsOf(given), of: (holder) => asNumber(holder) ?? asRange(holder) };
}

/** What is said of a figure, without what computes it. */
export function factsOf(given: FactsGiven): MetricFacts {
  const { name, title, summary, formula, source, unit, label = title, head = label, better = "none" } = given;
  const { about = "outcome", places = PLACES, notation = {}, chart = {} } = given;
  return { name, title, label, head, summary, formula, source, unit, better, about, places, notation, chart };
}

/**
 * What several metrics need, computed once for each key: a measurement, say, or what stays the same over a whole run.
 *
 * ```ts
 * const coverage = shared(({ samples, data }: Measurement) => data.modes && modeCoverage(samples, data.modes));
 * ```
 * @param compute what is needed, from the key
 */
export function shared<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}

/** Reads the figure of a name, where it is one number. */
export function numberNamed(name: string): (holder: HasFigures) => number | null {
  return ({ figures }) => {
    const value = Object.hasOwn(figures, name) ? figures[name] : undefined;
    return typeof value === "number" ? value : null;
  };
}

function rangeNamed(name: string): (holder: HasFigures) => Range | null {
  return ({ figures }) => {
    const value = Object.hasOwn(figures, name) ? figures[name] : undefined;
    return value === undefined || typeof value === "number" ? null : value;
  };
}
