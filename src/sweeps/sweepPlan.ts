import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../errors.js";
import { readTextFile, writeFileAtomically } from "../files.js";
import { runConfigSchema } from "../runs/config.js";
import { settingValueSchema } from "./settingChoice.js";

/** The file that a sweep's folder keeps its plan in. */
export const PLAN = "sweep.json";
/** Within the folder of a sweep: a folder for each run. */
export const RUNS = "runs";
/** The page that shows what came out. */
export const PAGE = "sweep.html";

const plannedRunSchema = z.strictObject({
  /** Of its folder: its number in the plan, its loss and its seed. */
  name: z.string().regex(/^[\w.+-]+$/),
  /** What the sweep chose for it, without what it has no use for. */
  settings: z.record(z.string(), settingValueSchema),
  config: runConfigSchema,
});

const planSchema = z.strictObject({
  version: z.literal(1),
  /** The version of this package that made it. */
  monge: z.string(),
  /** Tells it from other sweeps of a queue. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  data: z.strictObject({
    name: z.string(),
    kind: z.enum(["points", "images", "table"]),
    /** Of what the data holds (`fingerprintOf`); `null` where it does not tell. */
    fingerprint: z.string().nullable(),
  }),
  /** The settings that every run was given. */
  common: z.record(z.string(), settingValueSchema),
  /** The settings that vary, in their order. */
  varied: z.array(z.string()),
  runs: z.array(plannedRunSchema).min(1),
});

/** One run of a sweep. */
export type PlannedRun = z.infer<typeof plannedRunSchema>;

/** What a sweep trains: written once, so that any number of processes can read it while they train. */
export type SweepPlan = z.infer<typeof planSchema>;

/** Where a run of the sweep in `directory` is kept. */
export function runFolder(directory: string, { name }: Pick<PlannedRun, "name">): string {
  return join(directory, RUNS, name);
}

/** What the folder of a sweep holds. */
export const SWEEP_FILES: readonly string[] = [PLAN, RUNS, PAGE];

export async function savePlan(directory: string, plan: SweepPlan): Promise<void> {
  await writeFileAtomically(join(directory, PLAN), `${JSON.stringify(plan, null, 1)}\n`);
}

/**
 * The plan that a folder keeps; `undefined` where it keeps none.
 * @throws InputError where it cannot be read, or is of another version
 */
export async function keptPlan(directory: string): Promise<SweepPlan | undefined> {
  const path = join(directory, PLAN);
  const text = await readTextFile(path);
  if (text === undefined) return undefined;
  const { data, error } = planSchema.safeParse(jsonOf(text));
  if (data) return data;
  const [issue] = error.issues;
  const place = issue && issue.path.length > 0 ? ` (${issue.path.join(".")}: ${issue.message})` : "";
  throw new InputError(
    `${path} is not a sweep of this version of monge${place}: give another --out, or --force to replace it.`,
  );
}

/**
 * The plan that a folder keeps.
 * @throws InputError as `keptPlan` does, and where there is none
 */
export async function planIn(directory: string): Promise<SweepPlan> {
  const plan = await keptPlan(directory);
  if (plan) return plan;
  throw new InputError(`${directory} holds no sweep: it has no ${PLAN}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
