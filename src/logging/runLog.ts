import { rm } from "node:fs/promises";
import { join } from "node:path";
import { columnsOf } from "../data/codecs/index.js";
import type { Dataset } from "../data/dataset.js";
import { sizeOf, type TensorData } from "../engine/index.js";
import { namesIn, systemReason } from "../files.js";
import type { State, StateLayout } from "../game/state.js";
import { playerTensors } from "../game/tensorNames.js";
import type { Evaluation } from "../metrics/metric.js";
import type { TrainEvent } from "../training/train.js";
import { logAsked, loggers } from "./catalogue.js";
import type { LogEnding, LoggedRun, Logger, Scalars } from "./logger.js";
import { samplesPicture } from "./picture.js";

/** Iterations between two whose losses are logged. */
export const LOG_EVERY = 10;
/** Coordinates of points that get a histogram. */
const MOST_COORDINATES = 16;

const ENDINGS: Readonly<Partial<Record<TrainEvent["type"], LogEnding>>> = {
  end: "finished",
  stopped: "stopped",
  diverged: "diverged",
};

export interface RunLogOptions {
  readonly run: LoggedRun;
  readonly data: Dataset;
  readonly layout: StateLayout;
  /** Iterations between two whose losses are logged. Default: 10. */
  readonly every?: number | undefined;
}

/** All the loggers of a run. */
export interface RunLog {
  /** @throws InputError where one of them cannot write */
  begin(): Promise<void>;
  /** Logs what happened, and returns a sentence for each logger that could not for the first time. */
  note(event: TrainEvent): Promise<readonly string[]>;
  /** Ends those that no event has ended. */
  close(): Promise<void>;
}

/**
 * Prepares to log a run, and writes nothing yet.
 * @param asked loggers by name, "csv", "mlflow=URL"
 * @throws InputError where there is no such logger, or it cannot write there
 */
export async function openRunLog(
  asked: readonly string[],
  { run, data, layout, every = LOG_EVERY }: RunLogOptions,
): Promise<RunLog> {
  const opened: { readonly title: string; readonly logger: Logger; hasFailed: boolean }[] = [];
  for (const { entry, target } of [...new Set(asked)].map(logAsked))
    opened.push({ title: entry.title, logger: await entry.open(run, target), hasFailed: false });
  /** Those that have begun and not ended. */
  let open: typeof opened = [];

  /** Has each do something, and tells which could not for the first time. */
  async function each(work: (logger: Logger) => Promise<void>): Promise<string[]> {
    const told: string[] = [];
    for (const one of open) {
      try {
        await work(one.logger);
      } catch (error) {
        if (!one.hasFailed) told.push(`The log to ${one.title} fails; training continues: ${reasonOf(error)}.`);
        one.hasFailed = true;
      }
    }
    return told;
  }

  async function evaluated({
    evaluation,
    samples,
    state,
  }: Extract<TrainEvent, { type: "evaluation" }>): Promise<string[]> {
    const { iteration } = evaluation;
    return await each(async (logger) => {
      await logger.scalars(iteration, figuresOf(evaluation));
      const picture = logger.images && (await samplesPicture(samples, data));
      if (picture) await logger.images?.(iteration, { samples: picture });
      if (!logger.histograms) return;
      await logger.histograms(iteration, { ...weightsOf(await state(), layout), ...coordinatesOf(samples, data) });
    });
  }

  async function ended(ending: LogEnding): Promise<string[]> {
    const told: string[] = [];
    for (const { title, logger } of open)
      await logger.end(ending).catch((error: unknown) => {
        told.push(`The log to ${title} is not whole: ${reasonOf(error)}.`);
      });
    open = [];
    return told;
  }

  return {
    async begin() {
      if (run.isNew) await removeLogs(run.directory);
      for (const one of opened) {
        await one.logger.begin();
        open.push(one);
      }
    },
    async note(event) {
      if (event.type === "step" && event.iteration % every === 0) {
        const { iteration, criticLoss, generatorLoss, value } = event;
        const losses = { criticLoss, generatorLoss, value };
        return await each((logger) => logger.scalars(iteration, inGroup("training", losses)));
      }
      if (event.type === "evaluation") return await evaluated(event);
      const ending = ENDINGS[event.type];
      return ending ? await ended(ending) : [];
    },
    async close() {
      await ended("stopped");
    },
  };
}

function reasonOf(error: unknown): string {
  return systemReason(error) ?? (error instanceof Error ? error.message : String(error));
}

/** Removes what an earlier run has logged to the folder that is now another's. */
async function removeLogs(folder: string): Promise<void> {
  const logs = (await namesIn(folder)).filter((name) => loggers.entries.some(({ isLog }) => isLog?.(name)));
  await Promise.all(logs.map((name) => rm(join(folder, name), { force: true })));
}

function inGroup<T>(group: string, values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${group}/${name}`, value]));
}

/** The figures of an evaluation; of a range, both its ends. */
function figuresOf({ seconds, figures }: Evaluation): Scalars {
  const numbers = Object.entries(figures).flatMap(([name, figure]) =>
    typeof figure === "number"
      ? [[name, figure] as const]
      : [[`${name}/smallest`, figure[0]] as const, [`${name}/largest`, figure[1]] as const],
  );
  return inGroup("evaluation", Object.fromEntries([...numbers, ["seconds", seconds]]));
}

/** The weights of both players, a tensor each. */
function weightsOf({ generator, critic }: State<TensorData>, layout: StateLayout): Record<string, Float32Array> {
  const players = [
    ["generator", { ...generator, slots: {} }, layout.generator],
    ["critic", { ...critic, slots: {} }, layout.critic],
  ] as const;
  return Object.fromEntries(
    players.flatMap(([player, state, layout]) =>
      Object.entries(playerTensors(player, state, layout)).flatMap(([name, { data }]) =>
        data instanceof Float32Array ? [[name.replace(".", "/"), data] as const] : [],
      ),
    ),
  );
}

/** The coordinates of points, by the names of their columns, in training units. */
function coordinatesOf(samples: Float32Array, { kind, fields, codec }: Dataset): Record<string, Float32Array> {
  if (kind !== "points") return {};
  const size = sizeOf(fields.sample.shape);
  const names = columnsOf(codec)?.map(({ name }) => name) ?? ["x", "y", "z"];
  return Object.fromEntries(
    Array.from({ length: Math.min(size, MOST_COORDINATES) }, (_, axis) => [
      `samples/${names[axis] ?? axis + 1}`,
      samples.filter((_, i) => i % size === axis),
    ]),
  );
}
