import { hostname } from "node:os";
import { z } from "zod";
import { fingerprintOf, hasFingerprint } from "../data/fingerprint.js";
import { openDataset } from "../data/open.js";
import { STANDARD_INPUT } from "../data/sources/standardInput.js";
import { InputError } from "../errors.js";
import { startGame } from "../game/start.js";
import { namedTensors, stateFromNamed } from "../game/tensorNames.js";
import type { Ranks } from "../parallel/ranks.js";
import { createRng } from "../random.js";
import { tableSchema } from "../tables/schema.js";
import type { TrainOptions } from "../training/train.js";
import { checkShares } from "../training/trainer.js";
import { packageVersion } from "../version.js";
import { runConfigSchema } from "./config.js";
import type { Run } from "./run.js";
import { openOptions } from "./runData.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
import { trainOptions } from "./trainOptions.js";

/** What rank 0 tells of a run beside its tensors. */
const sharedSchema = z.strictObject({
  directory: z.string(),
  isNew: z.boolean(),
  config: runConfigSchema,
  fingerprint: z.string().nullable(),
  table: tableSchema.optional(),
  iteration: z.int().min(0),
  criticUpdates: z.int().min(0),
  seconds: z.number().min(0),
  rng: z.array(z.int()),
});

/** A run as a rank other than 0 trains it. */
export interface RankRun extends Pick<Run, "directory" | "isNew" | "config"> {
  readonly options: TrainOptions;
}

/**
 * Checks whether ranks can train a run together.
 * @throws InputError where its data is on rank 0 alone, or a batch cannot be divided over them
 */
export function checkShareable({ config }: Run, ranks: Ranks): void {
  if (config.data === STANDARD_INPUT)
    throw new InputError("Data from standard input is on rank 0 alone: put it into a file that all ranks can read.");
  checkShares({ ...config, ranks });
}

/**
 * Gives the run that rank 0 has prepared to the other ranks, each of which opens the data at the same path.
 * @throws InputError where one of them cannot train it; all of them know then
 */
export async function offerRun(run: Run, ranks: Ranks): Promise<void> {
  const { directory, isNew, config, data, progress, layout } = run;
  const { iteration, criticUpdates, seconds, rng, state } = progress;
  const shared: z.input<typeof sharedSchema> = {
    ...{ directory, isNew, config, fingerprint: fingerprintOf(data), table: data.table?.schema },
    ...{ iteration, criticUpdates, seconds, rng: [...rng] },
  };
  await ranks.broadcast(textBytes({ version: await packageVersion(), run: shared }));
  await ranks.broadcast(encodeSafetensors(namedTensors(state, layout)));
  const problems = await ranks.gather(new Uint8Array());
  for (const [rank, problem] of problems.entries())
    if (problem.length > 0) throw new InputError(`Rank ${rank}${new TextDecoder().decode(problem)}`);
}

/** Tells the other ranks that there is no run. */
export async function withholdRun(ranks: Ranks): Promise<void> {
  await ranks.broadcast(textBytes({ version: await packageVersion(), run: null }));
}

/** The run that rank 0 has prepared; `undefined` where there is none, or a rank cannot train it, which rank 0 tells. */
export async function takeRun(ranks: Ranks): Promise<RankRun | undefined> {
  const given: { readonly version: string; readonly run: unknown } = JSON.parse(
    new TextDecoder().decode(await ranks.broadcast(new Uint8Array())),
  );
  if (given.run === null) return undefined;
  const state = await ranks.broadcast(new Uint8Array());
  let run: RankRun | undefined;
  let problem = "";
  try {
    run = await openedRun(given, state);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem = ` on ${hostname()}: ${error.message}`;
  }
  const problems = await ranks.gather(new TextEncoder().encode(problem));
  return problems.every(({ length }) => length === 0) ? run : undefined;
}

async function openedRun(
  { version, run }: { readonly version: string; readonly run: unknown },
  tensors: Uint8Array,
): Promise<RankRun> {
  const own = await packageVersion();
  if (version !== own)
    throw new InputError(`this is monge ${own}, and rank 0 has ${version}: install the same version everywhere.`);
  const { directory, isNew, config, fingerprint, table, ...position } = sharedSchema.parse(run);
  const { labels } = config;
  const data = await openDataset(config.data, {
    ...openOptions(config),
    labels,
    ...(table && { table: { schema: table } }),
  });
  if (!hasFingerprint(data, fingerprint))
    throw new InputError(`${config.data} is other data there than on rank 0: copy the same files to all machines.`);
  const options = trainOptions(config, data);
  const { state: like, layout } = startGame(options, createRng(config.seed));
  const { tensors: named } = decodeSafetensors(tensors, "the state of rank 0");
  const state = stateFromNamed(named, like, layout);
  return { directory, isNew, config, options: { ...options, resume: { ...position, state, history: [] } } };
}

function textBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
