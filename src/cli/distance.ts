import { dirname } from "node:path";
import { Command } from "commander";
import { stringify } from "csv-stringify/sync";
import { comparablePoints } from "../data/pointPair.js";
import type { FilePoints } from "../data/pointSets.js";
import { taken } from "../data/sources/kinds.js";
import { InputError } from "../errors.js";
import { checkWritable, writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import { openOptions } from "../runs/runData.js";
import { type BootstrapInterval, bootstrapInterval, type TransportPlan } from "../transport/index.js";
import { dataHelp } from "./dataHelp.js";
import { checkDrawn, checkFlags, type DistanceFlags, distanceOptions } from "./distance/flags.js";
import { type Control, type Measurement, measure } from "./distance/measure.js";
import { openPoints } from "./distance/openPoints.js";
import { figure } from "./figureText.js";
import { type ImageFlags, imageOptions } from "./imageOptions.js";
import { interruptible } from "./interrupt.js";
import { print, printJson } from "./output.js";
import { statusLine } from "./status.js";
import { factsTable } from "./table.js";
import { warn } from "./warn.js";

/** What is printed under a name. */
type Fact = number | string | boolean | Omit<BootstrapInterval, "distances">;

/** `monge distance`: how far apart two sets of points are. */
export function distanceCommand(): Command {
  const command = new Command("distance")
    .description(
      "Measures the optimal-transport distance between two sets of points: the least mean distance (--p 1) that one set has to be " +
        "moved to become the other; for --p 2 (W2), the root of the least mean squared distance. A table has a point in each " +
        "row, an array along its first axis. Images have values from -1 to 1, everything else its own units. Points are drawn " +
        "from a named data set and from a run.",
    )
    .argument("<a>", dataHelp(taken.points))
    .argument("<b>", "another");
  for (const option of distanceOptions) command.addOption(option);
  command.addHelpText(
    "after",
    "\nMethods:\n" +
      "  exact     the distance itself, with a proof (a duality gap)\n" +
      "  1d        the same for a single column, by sorting\n" +
      "  sliced    the mean of 1d over random directions: a different distance,\n            for many points\n" +
      "  sinkhorn  with entropy: the smaller --epsilon, the closer to exact\n" +
      "\nExamples:\n" +
      "  monge distance real.csv generated.csv\n" +
      "  monge distance real.npy generated.npy --p 2 --bootstrap 200 --json\n" +
      "  monge distance a.csv b.csv --weights mass --plan plan.csv\n" +
      "  monge distance moons runs/moons --points 2000\n" +
      "  monge distance photos drawings --size 32 --channels 3 --method sliced",
  );
  return command.action(async (pathA: string, pathB: string, flags: DistanceFlags) => {
    checkFlags(flags);
    if (flags.plan !== undefined) await checkWritable(dirname(flags.plan));
    const [a, b] = await readBoth(pathA, pathB, flags);
    const { plan, warning, result } = await distanceBetween(a, b, flags);
    if (warning !== undefined) warn([warning]);
    if (flags.plan !== undefined) await writeFileAtomically(flags.plan, planText(plan!()));
    if (flags.json) printJson(result);
    else print(factsTable(linesOf(result)));
  });
}

async function readBoth(pathA: string, pathB: string, flags: DistanceFlags): Promise<[FilePoints, FilePoints]> {
  const { weights, normalise, points: draw, seed = 0 } = flags;
  const options = { ...openOptions(flags), weights, draw, rng: createRng(seed) };
  const a = await openPoints(pathA, options);
  const b = await openPoints(pathB, options);
  const drawn = [a, b].filter(({ isDrawn }) => isDrawn);
  checkDrawn(flags, drawn.length > 0);
  warn([...(a.warnings ?? []), ...(b.warnings ?? [])]);
  for (const { path, count } of drawn) {
    if (draw === undefined) warn([`${count} points were drawn from ${path}; --points draws more or fewer.`]);
  }
  const [given] = imageOptions.filter((option) => flags[option.attributeName() as keyof ImageFlags] !== undefined);
  if (!a.imageShape && !b.imageShape && given !== undefined)
    throw new InputError(`${given.long} is for images, and neither ${pathA} nor ${pathB} holds any; leave it out.`);
  return comparablePoints(a, b, { normalise });
}

async function distanceBetween(a: FilePoints, b: FilePoints, flags: DistanceFlags) {
  const { method, p, projections = 50, max = false, seed = 0, epsilon, biased = false, memory = 4 } = flags;
  const settings = { method, p, projections, max, seed, epsilon, biased, memory } as const;
  const status = statusLine(flags.quiet ?? false);
  const started = performance.now();
  return interruptible(async (signal) => {
    const control = { signal, say: status.say };
    const { distance, details, plan, warning, again } = await measure(a, b, settings, control);
    const seconds = (performance.now() - started) / 1000;
    const result: Record<string, Fact> = {
      distance,
      method,
      p,
      n: a.count,
      m: b.count,
      dimension: a.dimension,
      ...details,
      ...(flags.bootstrap !== undefined && { bootstrap: await interval(a, b, again, flags, control) }),
      ...(flags.plan !== undefined && { plan: flags.plan }),
      seconds,
    };
    return { result, plan, warning };
  }).finally(() => status.end());
}

async function interval(
  a: FilePoints,
  b: FilePoints,
  again: Measurement["again"],
  { bootstrap: resamples = 0, confidence, seed = 0 }: DistanceFlags,
  { signal, say }: Control,
) {
  const found = await bootstrapInterval(a, b, again, {
    resamples,
    confidence,
    seed,
    signal,
    onProgress: ({ done }) => say(`bootstrap: ${done} of ${resamples} resamples`),
  });
  const { distances: _, ...figures } = found;
  return { resamples, seed, ...figures };
}

function planText({ source, target, mass }: TransportPlan): string {
  const rows = Array.from(mass, (moved, k) => [source[k], target[k], moved]);
  return stringify(rows, { header: true, columns: ["from", "to", "mass"] });
}

function linesOf(result: Readonly<Record<string, Fact>>): [name: string, value: string][] {
  return Object.entries(result).map(([name, value]) => [name, textOf(name, value)]);
}

function textOf(name: string, value: Fact): string {
  if (typeof value === "object") {
    const { low, high, mean, confidence } = value;
    return `${figure(low, 4)} .. ${figure(high, 4)} (${100 * confidence} % of the resamples; their mean ${figure(mean, 4)})`;
  }
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return name === "distance" ? String(Number(value.toPrecision(6))) : figure(value);
}
