import { randomBytes } from "node:crypto";
import { basename, resolve } from "node:path";
import { z } from "zod";
import type { Dataset } from "../data/dataset.js";
import { fingerprintOf } from "../data/fingerprint.js";
import { openDataset } from "../data/open.js";
import { STANDARD_INPUT } from "../data/sources/standardInput.js";
import { InputError } from "../errors.js";
import { pairingByName } from "../game/pairings.js";
import { batchWarnings, type RunConfig, type RunSettings, resolveConfig, withinRows } from "../runs/config.js";
import { otherSetting } from "../runs/keptRuns.js";
import { checkMemory } from "../runs/memory.js";
import { featureWarnings, withPlacedFeatures } from "../runs/pictureFeatures.js";
import { usualReading } from "../runs/run.js";
import { dataPlace, openOptions } from "../runs/runData.js";
import { trainOptions } from "../runs/trainOptions.js";
import { isUsed, unusedSettings } from "../runs/unusedSettings.js";
import { checkOptions } from "../training/train.js";
import { packageVersion } from "../version.js";
import { type Choices, type Combination, drawnOf, gridOf, gridSize } from "./combinations.js";
import { STAND_INS, settingValueSchema } from "./settingChoice.js";
import type { PlannedRun, SweepPlan } from "./sweepPlan.js";

/** What a sweep is asked for. */
export interface SweepAsked {
  /** A named data set or a path. */
  readonly data: string;
  /** Pairings of loss and Lipschitz constraint, such as "w-gp". */
  readonly losses: readonly string[];
  readonly seeds: readonly number[];
  /** Settings that every run gets. */
  readonly settings: Omit<Partial<RunSettings>, "data" | "loss" | "seed">;
  /** Settings that vary. */
  readonly choices: Choices;
  /** Draws so many combinations of what varies instead of taking all; `seed` is of the draws. */
  readonly random?: { readonly count: number; readonly seed: number } | undefined;
}

/** A plan, and what a user should know of it. */
export interface Planned {
  readonly plan: SweepPlan;
  readonly data: Dataset;
  /** Runs that were asked for and are the same as others of the plan, because a setting has no effect on them. */
  readonly merged: number;
  readonly warnings: readonly string[];
}

/** More runs than anybody looks at; a plan of them takes some megabytes. */
const MOST_RUNS = 10_000;

/**
 * Plans a sweep: each combination with each loss and seed, once for each configuration that they lead to. Every configuration is made and
 * checked, so that nothing begins that could not be trained.
 * @param directory where the sweep is to be kept
 * @throws InputError where a setting or the data is wrong, or there are too many runs
 */
export async function planSweep(asked: SweepAsked, directory: string): Promise<Planned> {
  const { choices, random, seeds } = asked;
  const losses = [...new Set(asked.losses.map((loss) => pairingByName(loss).name))];
  checkCount(losses.length * seeds.length * (random?.count ?? gridSize(choices)));
  checkOnce(asked);
  const combinations = random ? drawnOf(choices, random.count, random.seed) : gridOf(choices);
  if (asked.data === STANDARD_INPUT)
    throw new InputError(
      "Each run of a sweep reads the data for itself, and standard input is read once: give a file.",
    );
  const as = asked.settings.as ?? (await usualReading(asked.data));
  const settings = withPlacedFeatures({ ...asked.settings, ...(as && { as }) });
  const data = await openDataset(asked.data, openOptions(settings));
  const { files } = dataPlace(directory, { data: asked.data, labels: settings.labels }, data);
  const runs = new Map<string, Omit<PlannedRun, "name">>();
  const unused = new Set<string>();
  for (const combination of combinations)
    for (const loss of losses) {
      const given = { ...settings, ...combination, data: asked.data, loss };
      for (const seed of seeds) {
        const config = { ...withinRows(resolveConfig({ ...given, seed }, data), data), ...files };
        const key = JSON.stringify(config);
        if (!runs.has(key)) runs.set(key, { settings: usedIn(combination, config), config });
        if (seed === seeds[0]) for (const sentence of unusedSettings(given, config)) unused.add(`${loss}: ${sentence}`);
      }
    }
  const digits = String(runs.size - 1).length;
  const nameOf = ({ loss, seed }: RunConfig, index: number) =>
    `${String(index).padStart(digits, "0")}-${loss}-seed-${seed}`;
  const planned = [...runs.values()].map((run, index) => ({ name: nameOf(run.config, index), ...run }));
  checkEach(planned, data);
  return {
    plan: {
      version: 1,
      monge: await packageVersion(),
      id: idFor(directory),
      data: { name: data.name, kind: data.kind, fingerprint: fingerprintOf(data) },
      common: givenIn(settings),
      varied: Object.keys(choices),
      runs: planned,
    },
    data,
    merged: combinations.length * losses.length * seeds.length - runs.size,
    warnings: [
      ...(data.warnings ?? []),
      ...batchWarnings(settings, data),
      ...featureWarnings(settings, data),
      ...unused,
    ],
  };
}

/**
 * The first way in which one plan differs from another, in words; `undefined` where both are of the same runs.
 */
export function otherPlan(found: SweepPlan, wanted: SweepPlan): string | undefined {
  if (found.data.fingerprint !== wanted.data.fingerprint || found.data.name !== wanted.data.name)
    return "its data is not the same";
  if (found.runs.length !== wanted.runs.length)
    return `it has ${found.runs.length} runs there and ${wanted.runs.length} here`;
  for (const [index, { config }] of found.runs.entries()) {
    const other = wanted.runs[index];
    const difference = other && otherSetting(config, other.config);
    if (difference !== undefined) return `of run ${index} ${difference}`;
  }
  return undefined;
}

function checkCount(count: number): void {
  if (count <= MOST_RUNS) return;
  throw new InputError(
    `These are ${count} runs, and a sweep has ${MOST_RUNS} at most: give fewer values, or --random with a number of settings to draw.`,
  );
}

function checkOnce({ settings, choices }: SweepAsked): void {
  const twice = Object.entries(settings).find(([name, value]) => value !== undefined && Object.hasOwn(choices, name));
  if (twice) throw new InputError(`${twice[0]} is given twice, for all runs and as one that varies: leave out one.`);
}

/** What a run has a use for, of what the sweep chose for it. */
function usedIn(combination: Combination, config: RunConfig): Combination {
  const entries = Object.entries(combination).filter(([name]) => STAND_INS.includes(name) || isUsed(name, config));
  return Object.fromEntries(entries);
}

/** The settings that were given. */
function givenIn(settings: SweepAsked["settings"]): SweepPlan["common"] {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return z.record(z.string(), settingValueSchema).parse(Object.fromEntries(given));
}

/** Checks each configuration once, whatever its seed. */
function checkEach(runs: readonly PlannedRun[], data: Dataset): void {
  const checked = new Set<string>();
  for (const { config } of runs) {
    const key = JSON.stringify({ ...config, seed: 0 });
    if (checked.has(key)) continue;
    checked.add(key);
    if (config.evaluateEvery === 0)
      throw new InputError("evaluateEvery cannot be 0 here: the figures of a run are those of its last evaluation.");
    checkMemory(config, data);
    checkOptions(trainOptions(config, data));
  }
}

/** The name of the folder, as far as it is plain, and some letters that no other sweep has. */
function idFor(directory: string): string {
  const plain = basename(resolve(directory))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  return `${plain || "sweep"}-${randomBytes(4).toString("hex")}`;
}
