import { z } from "zod";
import type { Dataset } from "../data/dataset.js";
import { InputError } from "../errors.js";
import { pairingByName } from "../game/pairings.js";
import { closest } from "../nearest.js";
import { classesFor } from "../networks/rowPrior.js";
import { factsOf, hasDefault, noSettings, type SettingsShape } from "../settings.js";
import { coreSettings, type RunConfig } from "./coreSettings.js";
import { allParts, type Part, partsOf, picked } from "./parts.js";
import { type Circumstances, defaultsUnder, presets } from "./recipes.js";

export type { RunConfig } from "./coreSettings.js";

const core: SettingsShape = coreSettings.shape;

/** What a user sets; the rest follows from the data and the loss. */
export type RunSettings = Partial<RunConfig> &
  Pick<RunConfig, "data" | "loss"> & {
    /** Instead of `iterations`: passes over the samples of the data, epochs samples / batch iterations, rounded up. */
    readonly epochs?: number | undefined;
    /** Of images, how large the networks are: "tiny", "small" or "large", which stand for a width and a number of blocks. Default: "small". */
    readonly preset?: string | undefined;
  };

/**
 * The configuration of a run: the user's settings, and for what they leave open values that suit such data and such a loss (`recipes.ts`).
 * A batch larger than the data becomes as large as the data (`batchWarnings` says so). Settings that no part of the run uses are left out
 * (`unusedSettings` says so).
 * @param settings what you choose
 * @param data what the defaults depend on: its kind, size and fields
 * @throws InputError where there is no such setting, or one is out of range or does not fit the data
 */
export function resolveConfig(
  settings: RunSettings,
  data: Pick<Dataset, "kind" | "size"> & Partial<Pick<Dataset, "fields">>,
): RunConfig {
  const { name: loss, constraint } = pairingByName(settings.loss);
  const { epochs, preset, ...others } = settings;
  const given = { ...withoutUndefined(others), loss };
  checkKnown(given);
  if (epochs !== undefined && others.iterations !== undefined)
    throw new InputError("iterations and epochs both say how long a run is: give one of the two.");
  if (preset !== undefined) checkPreset(preset, data);
  const under = {
    kind: data.kind,
    constraint: constraint.name,
    network: given.network,
    preset,
    hasPrior: given.prior !== 0,
    hasLabels: data.fields?.condition !== undefined,
  };
  const { data: config, issue } = parsed(given, under);
  if (issue) throw refused(issue, given);
  const batch = Math.min(config.batch, data.size);
  return { ...config, batch, ...(epochs !== undefined && { iterations: iterationsOf(epochs, batch, data) }) };
}

function checkPreset(preset: string, { kind }: Pick<Dataset, "kind">): void {
  if (kind !== "images")
    throw new InputError(
      "A preset says how large the networks of images are: leave it out, and choose a width and a depth.",
    );
  if (!presets.includes(preset))
    throw new InputError(
      `There is no preset called "${preset}": choose ${presets.slice(0, -1).join(", ")} or ${presets.at(-1)}.`,
    );
}

function iterationsOf(epochs: number, batch: number, { size }: Pick<Dataset, "size">): number {
  if (!Number.isFinite(size))
    throw new InputError("The data is drawn anew for each batch, so it has no epochs: give iterations instead.");
  const iterations = Math.ceil((epochs * size) / batch);
  const { success } = coreSettings.shape.iterations.safeParse(iterations);
  if (success && Number.isInteger(epochs)) return iterations;
  throw new InputError(`epochs cannot be ${epochs}: it must be a whole number from 1, of a run that can end.`);
}

/** A configuration whose prior has no more classes than rows make sense of. */
export function withinRows(config: RunConfig, { size }: Pick<Dataset, "size">): RunConfig {
  return config.prior === undefined ? config : { ...config, prior: classesFor(config.prior, size) };
}

/** A sentence where `resolveConfig` makes the batch as small as the data. */
export function batchWarnings(
  { batch, network }: Pick<Partial<RunConfig>, "batch" | "network">,
  { name, kind, size }: Dataset,
): string[] {
  const wanted = batch ?? defaultsUnder({ kind, network }).batch ?? size;
  if (wanted <= size) return [];
  return [`The batch is ${size}, not ${wanted}: "${name}" has no more samples to train on.`];
}

/**
 * A configuration as a file keeps it. Settings of parts that the run does not use are left out. Parsing throws
 * InputError where a part is not known.
 */
export const runConfigSchema: z.ZodType<RunConfig> = z.record(z.string(), z.unknown()).transform((stored, context) => {
  const { data, issue } = parsed(stored, {});
  if (!issue) return data;
  context.addIssue({ code: "custom", path: [...issue.path], message: issue.message });
  return z.NEVER;
});

/** All settings that there are: those of every run, and those of each part that a run may have. */
export function settingNames(): readonly string[] {
  const names = allParts().flatMap(({ settings = noSettings }) => Object.keys(settings.shape));
  return [...new Set([...Object.keys(core), ...names])];
}

/** The schemas of a setting: the core's, or that of each part that has it, of all parts or of those of a run. */
export function schemasOf(setting: string, parts: readonly Part[] = allParts()): readonly z.ZodType[] {
  const own = core[setting];
  return own ? [own] : parts.flatMap(({ settings }) => settings?.shape[setting] ?? []);
}

/** Whether a run of this configuration may go on with another value of a setting. */
export function isLive(setting: string, config: RunConfig): boolean {
  const schemas = schemasOf(setting, Object.values(partsOf(config)));
  return schemas.length > 0 && schemas.every((schema) => factsOf(schema).live);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Attempt<T> = { readonly data: T; readonly issue?: never } | { readonly data?: never; readonly issue: Issue };

/** Each setting as given, else by its own default, else by the recipes. */
function parsed(given: Readonly<Record<string, unknown>>, under: Partial<Circumstances>): Attempt<RunConfig> {
  const recipes = defaultsUnder(under);
  const filled = (shape: SettingsShape) => {
    const open = Object.entries(shape).filter(([, schema]) => !hasDefault(schema));
    return { ...picked(recipes, Object.fromEntries(open)), ...picked(given, shape) };
  };
  const begun = attempt(coreSettings, filled(core));
  if (begun.issue) return begun;
  let config: RunConfig = begun.data;
  for (const { settings = noSettings } of Object.values<Part>({ ...partsOf(config) })) {
    const { data, issue } = attempt(settings, filled(settings.shape));
    if (issue) return { issue };
    config = { ...config, ...data };
  }
  return { data: config };
}

function attempt<Schema extends z.ZodType>(schema: Schema, input: object): Attempt<z.output<Schema>> {
  const { data, success, error } = schema.safeParse(input);
  if (success) return { data };
  const { path, message } = error.issues[0] ?? { path: [], message: error.message };
  return { issue: { path, message } };
}

/** @throws InputError where a setting that is given is none that there is, or none that it could be in any run */
function checkKnown(given: Readonly<Record<string, unknown>>): void {
  const known = settingNames();
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) {
      throw new InputError(`There is no setting called "${name}". Did you mean ${closest(name, [...known])}?`);
    }
    const attempts = schemasOf(name).map((schema) => attempt(z.object({ [name]: schema }), { [name]: value }));
    const [first] = attempts;
    if (first?.issue && attempts.every(({ issue }) => issue)) throw refused(first.issue, given);
  }
}

function refused({ path, message }: Issue, given: object): InputError {
  const value = path.reduce<unknown>((of, name) => Object(of)[name], given);
  const rule = message.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return new InputError(`${path.join(".")} cannot be ${JSON.stringify(value)}: ${rule}.`);
}

function withoutUndefined<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
