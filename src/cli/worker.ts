import { availableParallelism } from "node:os";
import { Command } from "commander";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { InputError } from "../errors.js";
import type { RunConfig } from "../runs/config.js";
import { openOptions } from "../runs/runData.js";
import { serveQueue } from "../sweeps/queue/serveQueue.js";
import { interruptible } from "./interrupt.js";
import { wholeFrom } from "./options.js";
import { tell } from "./output.js";
import { progressDisplay } from "./progress.js";
import { pictureOf } from "./sweep/keepPicture.js";
import { queueHelp, reconnectOption } from "./sweep/queueOptions.js";
import { withOption } from "./withOption.js";

interface WorkerFlags {
  readonly queue?: string;
  readonly sweep?: string;
  readonly concurrency?: number;
  readonly data?: string;
  readonly dataRoot?: string;
  readonly drain?: boolean;
  readonly stalledAfter?: number;
  readonly reconnect?: number;
  readonly with?: readonly string[];
  readonly quiet?: boolean;
}

const DEFAULT_STALLED = 30;
const DEFAULT_RECONNECT = 600;
const LONGEST_STALLED = 3600;

/** `monge worker`: trains what sweeps put into a queue. */
export function workerCommand(): Command {
  return new Command("worker")
    .description(
      "Takes runs from the queue of monge sweep --queue, trains them, and sends back their results; on any number of machines. The data " +
        "is at the sweep's path, or where --data or --data-root say, and must equal the sweep's. Ctrl+C gives the run back: " +
        "another worker trains it, or this machine resumes it from its checkpoint.",
    )
    .option("--queue <address>", `${queueHelp} (required)`)
    .option("--sweep <name>", "take only runs of this sweep, by the name that monge sweep prints (default: all)")
    .option("--concurrency <n>", "runs at a time (default: one per core)", wholeFrom(1, 1024))
    .option("--data <path>", "the path of the data on this machine (default: the sweep's path)")
    .option("--data-root <folder>", "a folder that holds the data of each sweep by name (default: the sweep's path)")
    .option("--drain", "end when the queue is empty")
    .option(
      "--stalled-after <seconds>",
      `a worker is taken to be dead after n seconds without a sign, and its run goes to another (default: ${DEFAULT_STALLED})`,
      wholeFrom(1, LONGEST_STALLED),
    )
    .addOption(reconnectOption(DEFAULT_RECONNECT))
    .addOption(withOption())
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      "\nExamples:\n  monge worker --queue redis://192.168.1.10\n  monge worker --queue redis://:secret@host:6379/1 --concurrency 2 --drain",
    )
    .action(async (flags: WorkerFlags) => {
      const { queue, concurrency, data, dataRoot, quiet = false } = flags;
      if (queue === undefined) throw new InputError("give --queue, the address of a Redis server.");
      if (data !== undefined && dataRoot !== undefined)
        throw new InputError("--data and --data-root both say where the data is: leave out one of them.");
      const display = progressDisplay(quiet);
      const wasStopped = await interruptible(async (signal) => {
        await serveQueue({
          ...{ queue, sweep: flags.sweep, drain: flags.drain ?? false, signal, modules: flags.with ?? [] },
          concurrency: concurrency ?? availableParallelism(),
          places: { data, dataRoot },
          stalledSeconds: flags.stalledAfter ?? DEFAULT_STALLED,
          reconnectSeconds: flags.reconnect ?? DEFAULT_RECONNECT,
          pictureOf: picturesOf(),
          onProgress({ doing, ...progress }, { sweep, name }) {
            const run = `${sweep} ${name}`;
            display.update({ ...progress, name: doing === undefined ? run : `${run}, ${doing}` });
          },
          onNews: (sentence) => display.warn(sentence),
        });
        return signal.aborted;
      }).finally(() => display.stop());
      if (!quiet) tell(wasStopped ? "Stopped; unfinished runs are back in the queue." : "The queue is empty.");
    });
}

/** Makes pictures, and keeps the data that the last one was of. */
function picturesOf() {
  let last: { readonly key: string; readonly data: Promise<Dataset> } | undefined;
  return async (outcome: Parameters<typeof pictureOf>[0], config: RunConfig): Promise<Buffer | undefined> => {
    if (!outcome.samples) return undefined;
    const options = openOptions(config);
    const key = JSON.stringify([config.data, options]);
    if (last?.key !== key) last = { key, data: openDataset(config.data, options) };
    return await pictureOf(outcome, await last.data);
  };
}
