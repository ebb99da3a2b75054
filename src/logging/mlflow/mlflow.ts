import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { InputError } from "../../errors.js";
import { writeFileAtomically } from "../../files.js";
import { capitalised } from "../../quoting.js";
import type { LogEnding, LoggedRun, LoggerEntry, Scalars } from "../logger.js";
import { Refusal, type TrackingServer, trackingServer } from "./server.js";

/** In a run's folder: the run of the tracking server that is its log. */
const FILE = "mlflow.json";
/** What one request may hold, and how long a value may be. */
const [MOST_METRICS, MOST_PARAMS, LONGEST_PARAM, LONGEST_TAG] = [1000, 100, 6000, 8000];
/** What waits for a server that is away; above, the oldest are given up. */
const [MOST_WAITING, MOST_PICTURES] = [100_000, 100];
/** Milliseconds after which metrics are sent though a request is not full. */
const BETWEEN = 5000;

const EXPERIMENT = "monge";
const STATUS: Readonly<Record<LogEnding, string>> = { finished: "FINISHED", stopped: "KILLED", diverged: "FAILED" };

const nothing = z.object({});
const foundExperiment = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const madeExperiment = z.object({ experiment_id: z.string() });
const runSchema = z.object({
  run: z.object({
    info: z.object({ run_id: z.string(), artifact_uri: z.string().default("") }),
    data: z.object({
      metrics: z.array(z.object({ key: z.string(), step: z.coerce.number().default(0) })).default([]),
    }),
  }),
});
const keptSchema = z.object({ address: z.string(), run: z.string() });

/** A run of an MLflow tracking server. */
export const mlflow: LoggerEntry = {
  name: "mlflow",
  title: "MLflow",
  summary:
    "A run of an MLflow tracking server: settings as parameters, losses and figures as metrics, and sample pictures as artifacts where " +
    `the server keeps them. The experiment is that of MLFLOW_EXPERIMENT_NAME (default: ${EXPERIMENT}).`,
  target: { placeholder: "URL", isRequired: true },
  isLog: (name) => name === FILE,
  async open(run, target = "") {
    const server = trackingServer(target, process.env);
    const orRefused = <T>(work: Promise<T>): Promise<T> =>
      work.catch((error: unknown) => {
        throw new InputError(`${capitalised(messageOf(error))}; see to it, or leave out --log mlflow.`);
      });
    const name = process.env.MLFLOW_EXPERIMENT_NAME || EXPERIMENT;
    const experiment = await orRefused(experimentNamed(server, name));
    let tracked: TrackedRun;
    const metrics: Metric[] = [];
    const pictures: Picture[] = [];
    let lost = 0;
    let last = performance.now();
    let sending: Promise<void> | undefined;
    let isAway = false;
    let failure: unknown;
    const send = async () => {
      last = performance.now();
      while (metrics.length > 0) {
        const batch = metrics.splice(0, MOST_METRICS);
        await server.post("runs/log-batch", { run_id: tracked.id, metrics: batch }, nothing).catch((error: unknown) => {
          metrics.unshift(...batch);
          throw error;
        });
      }
      for (let picture = pictures[0]; picture; picture = pictures[0]) {
        await server.keep(tracked.artifacts, picture.path, picture.content);
        pictures.shift();
      }
    };
    /** Training does not wait for the server. */
    const sendMeanwhile = () => {
      sending ??= send()
        .then(
          () => {
            isAway = false;
          },
          (error: unknown) => {
            isAway = true;
            failure = error;
          },
        )
        .finally(() => {
          sending = undefined;
        });
    };
    return {
      async begin() {
        tracked = await orRefused(trackedRun(server, run, experiment ?? { name }));
      },
      async scalars(iteration, values) {
        metrics.push(...metricsOf(iteration, values).filter((metric) => isNew(metric, tracked)));
        lost += metrics.splice(0, metrics.length - MOST_WAITING).length;
        if ((metrics.length >= MOST_METRICS && !isAway) || performance.now() - last >= BETWEEN) sendMeanwhile();
        const found = failure;
        failure = undefined;
        if (found !== undefined) throw found;
      },
      async images(iteration, files) {
        if (!tracked.artifacts.startsWith("mlflow-artifacts:")) return;
        for (const [picture, content] of Object.entries(files))
          pictures.push({ path: `${picture}/${String(iteration).padStart(8, "0")}.png`, content });
        pictures.splice(0, pictures.length - MOST_PICTURES);
      },
      async end(ending) {
        await sending;
        await send().catch((error: unknown) => {
          throw new Error(`${messageOf(error)}; ${lost + metrics.length} values were not sent`);
        });
        await server.post("runs/update", { run_id: tracked.id, status: STATUS[ending], end_time: Date.now() }, nothing);
        if (lost > 0) throw new Error(`the MLflow server was away for too long; ${lost} values were not sent`);
      },
    };
  },
};

/** A picture that waits to be sent. */
interface Picture {
  readonly path: string;
  readonly content: Uint8Array;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** JSON has no NaN and no infinity: such values are texts, as Protocol Buffers have them in JSON. */
interface Metric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

function metricsOf(step: number, values: Scalars): Metric[] {
  const timestamp = Date.now();
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: Number.isFinite(value) ? value : String(value),
    timestamp,
    step,
  }));
}

/** A run as the server has it. */
interface TrackedRun {
  readonly id: string;
  readonly artifacts: string;
  /** The last step of each metric: a run that is resumed computes the same once more. */
  readonly steps: ReadonlyMap<string, number>;
}

function isNew({ key, step }: Metric, { steps }: TrackedRun): boolean {
  return step > (steps.get(key) ?? -1);
}

interface Experiment {
  readonly id: string;
}

async function experimentNamed(server: TrackingServer, name: string): Promise<Experiment | undefined> {
  try {
    const { experiment } = await server.get("experiments/get-by-name", { experiment_name: name }, foundExperiment);
    return { id: experiment.experiment_id };
  } catch (error) {
    if (error instanceof Refusal && error.code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

/** The server's run that a run goes on with, or a new one. */
async function trackedRun(
  server: TrackingServer,
  run: LoggedRun,
  experiment: Experiment | { readonly name: string },
): Promise<TrackedRun> {
  const path = join(run.directory, FILE);
  const before = run.isNew ? undefined : await keptRun(server, path);
  const isAhead = before && [...before.steps.values()].some((step) => step > run.iteration);
  // What the server has of later iterations cannot be taken back, and is right where they are the same once more.
  if (before && !(isAhead && run.isChanged)) {
    await server.post("runs/update", { run_id: before.id, status: "RUNNING" }, nothing);
    return before;
  }
  const id =
    "id" in experiment
      ? experiment.id
      : (await server.post("experiments/create", { name: experiment.name }, madeExperiment)).experiment_id;
  const folder = resolve(run.directory);
  const tags = { "mlflow.source.name": "monge", "mlflow.runName": basename(folder), "monge.folder": folder };
  const made = await server.post(
    "runs/create",
    {
      experiment_id: id,
      run_name: basename(folder),
      start_time: Date.now(),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value: value.slice(0, LONGEST_TAG) })),
    },
    runSchema,
  );
  const { run_id, artifact_uri } = made.run.info;
  const params = Object.entries(run.settings).map(([key, value]) => ({ key, value: textOf(value) }));
  for (let from = 0; from < params.length; from += MOST_PARAMS)
    await server.post("runs/log-batch", { run_id, params: params.slice(from, from + MOST_PARAMS) }, nothing);
  await writeFileAtomically(path, `${JSON.stringify({ address: server.address, run: run_id }, null, 2)}\n`);
  return { id: run_id, artifacts: artifact_uri, steps: new Map() };
}

function textOf(value: unknown): string {
  return (typeof value === "string" ? value : String(JSON.stringify(value))).slice(0, LONGEST_PARAM);
}

/** The server's run that a folder names; `undefined` where it names none that this server has. */
async function keptRun(server: TrackingServer, path: string): Promise<TrackedRun | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const kept = parsed(text);
  if (kept?.address !== server.address) return undefined;
  try {
    const { run } = await server.get("runs/get", { run_id: kept.run }, runSchema);
    const steps = new Map(run.data.metrics.map(({ key, step }) => [key, step]));
    return { id: kept.run, artifacts: run.info.artifact_uri, steps };
  } catch (error) {
    if (error instanceof Refusal && error.code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

function parsed(text: string): z.infer<typeof keptSchema> | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
