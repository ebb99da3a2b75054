import { Option } from "commander";
import { USUAL_DRAW } from "../../data/pointSets.js";
import { InputError } from "../../errors.js";
import { type ImageFlags, imageOptions } from "../imageOptions.js";
import { number, rowsOptions, seedNumber, wholeFrom } from "../options.js";
import { withOption } from "../withOption.js";
import { METHODS, type Method } from "./measure.js";

export interface DistanceFlags extends ImageFlags {
  readonly method: Method;
  readonly p: number;
  readonly weights?: string;
  readonly normalise?: boolean;
  readonly header?: boolean;
  readonly points?: number;
  readonly projections?: number;
  readonly max?: boolean;
  readonly epsilon?: number;
  readonly biased?: boolean;
  readonly memory?: number;
  readonly bootstrap?: number;
  readonly confidence?: number;
  readonly seed?: number;
  readonly plan?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const MOST_DRAWN = 1_000_000;

export const distanceOptions: readonly Option[] = [
  new Option("--method <name>", "the method").choices(METHODS).default("exact"),
  new Option(
    "--p <order>",
    "1: W1, the Earth mover's distance; 2: W2 (the root, not its square); with 1d and sliced any order from 1",
  )
    .argParser(number)
    .default(1),
  new Option(
    "--weights <column>",
    "the column of both tables that holds the weights instead of a coordinate (default: equal weights)",
  ),
  new Option("--normalise", "divide each file's weights by their sum, if the sums differ"),
  ...imageOptions,
  ...rowsOptions,
  new Option("--points <n>", `points drawn from a named data set and from a run (default: ${USUAL_DRAW})`).argParser(
    wholeFrom(1, MOST_DRAWN),
  ),
  new Option("--projections <n>", "directions of --method sliced (default: 50)").argParser(wholeFrom(1)),
  new Option("--max", "with --method sliced, the largest distance along a direction instead of the mean"),
  new Option(
    "--epsilon <x>",
    "entropy of --method sinkhorn, in units of cost (default: 0.01 of a typical cost)",
  ).argParser(number),
  new Option("--biased", "with --method sinkhorn, the cost of its plan instead of the debiased divergence"),
  new Option("--memory <gib>", "GiB of memory that --method exact may take (default: 4)").argParser(number),
  new Option("--bootstrap <n>", "also an interval from n resamples of both files (default: none)").argParser(
    wholeFrom(2),
  ),
  new Option("--confidence <share>", "confidence of the bootstrap interval (default: 0.95)").argParser(number),
  new Option(
    "--seed <n>",
    "random seed of the points drawn, the directions of sliced and the bootstrap (default: 0)",
  ).argParser(seedNumber),
  new Option("--plan <file>", "write the plan to a .csv file: from, to, mass (exact and 1d; default: none)"),
  withOption(),
  new Option("--json", "print JSON and nothing else on standard output"),
  new Option("--quiet", "show no progress"),
];

/** Options that only some methods have. */
const ONLY: readonly (readonly [flag: keyof DistanceFlags, methods: readonly Method[]])[] = [
  ["projections", ["sliced"]],
  ["max", ["sliced"]],
  ["epsilon", ["sinkhorn"]],
  ["biased", ["sinkhorn"]],
  ["memory", ["exact"]],
  ["plan", ["exact", "1d"]],
];

/** Throws `InputError` for options that mean nothing beside the others. */
export function checkFlags(flags: DistanceFlags): void {
  for (const [flag, methods] of ONLY) {
    if (flags[flag] !== undefined && !methods.includes(flags.method))
      throw new InputError(`--${flag} goes with --method ${methods.join(" or ")}, not with ${flags.method}.`);
  }
  const anyOrder = flags.method === "1d" || flags.method === "sliced";
  if (!anyOrder && flags.p !== 1 && flags.p !== 2)
    throw new InputError(
      `--p is ${flags.p}; ${flags.method} takes 1 and 2, and --method 1d and sliced take any order from 1.`,
    );
  if (flags.normalise && flags.weights === undefined)
    throw new InputError("--normalise is for weights: name their column with --weights.");
  if (flags.confidence !== undefined && flags.bootstrap === undefined)
    throw new InputError("--confidence is for a bootstrap interval: give --bootstrap with the number of resamples.");
  if (flags.memory !== undefined && !(flags.memory > 0))
    throw new InputError(`--memory is ${flags.memory}; it must be a number of GiB above 0.`);
}

/** Throws `InputError` for options of drawing where nothing is drawn. */
export function checkDrawn({ points, seed, bootstrap, method }: DistanceFlags, isDrawn: boolean): void {
  if (points !== undefined && !isDrawn)
    throw new InputError("--points is for named data sets and runs: all points of a file are taken.");
  if (seed !== undefined && !isDrawn && bootstrap === undefined && method !== "sliced")
    throw new InputError(`--seed is for --bootstrap and --method sliced: ${method} draws nothing.`);
}
