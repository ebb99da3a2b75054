import { Option } from "commander";
import { InputError } from "../../errors.js";
import { wholeFrom } from "../options.js";

/** What says how a sweep is trained by a queue. */
export interface QueueFlags {
  readonly queue?: string | undefined;
  readonly models?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly reconnect?: number | undefined;
}

const LARGEST_PRIORITY = 1_000_000;
const DEFAULT_RECONNECT = 60;

/** `--queue`, for those who put runs there and those who take them. */
export const queueHelp = "the address of a Redis server, redis://[user:password@]host[:port][/db] or rediss:// for TLS";

/** `--reconnect`, with what is usual. */
export function reconnectOption(seconds: number): Option {
  return new Option("--reconnect <seconds>", `how long to try to reconnect to a queue (default: ${seconds})`).argParser(
    wholeFrom(0, 7 * 24 * 3600),
  );
}

export const queueOptions: readonly Option[] = [
  new Option("--queue <address>", `let the workers of a queue train the runs: ${queueHelp} (default: train here)`),
  new Option("--models", "with --queue, also fetch the last checkpoint of each run, up to 256 MB"),
  new Option(
    "--priority <n>",
    "with --queue, the priority of the sweep; workers take the highest first (default: 0)",
  ).argParser(wholeFrom(0, LARGEST_PRIORITY)),
  reconnectOption(DEFAULT_RECONNECT),
];

/**
 * What the options of a queue come to; `undefined` where there is none.
 * @throws InputError where one is given without --queue
 */
export function queueAsked({ queue, models, priority, reconnect }: QueueFlags) {
  if (queue !== undefined)
    return {
      queue,
      models: models ?? false,
      priority: priority ?? 0,
      reconnectSeconds: reconnect ?? DEFAULT_RECONNECT,
    };
  const given = Object.entries({ models, priority, reconnect }).find(([, value]) => value !== undefined);
  if (given) throw new InputError(`--${given[0]} is for a queue: give --queue too, or leave it out.`);
  return undefined;
}
