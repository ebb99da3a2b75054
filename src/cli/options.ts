import { InvalidArgumentError, Option } from "commander";
import { pairingByName, pairings } from "../game/pairings.js";
import { LARGEST_SEED, type RunConfig, runConfigSchema } from "../runs/config.js";

/** Reads an option as a number. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It must be a number.");
  return value;
}

/** Reads an option as a whole number from `least`, to `most` where there is one. */
export function wholeFrom(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(
        `It must be a whole number from ${least}${Number.isFinite(most) ? ` to ${most}` : ""}.`,
      );
    }
    return value;
  };
}

/** Reads a seed. */
export const seedNumber = wholeFrom(0, LARGEST_SEED);

/** The option that fills a setting, without its dashes: "critic-steps" for `criticSteps`. */
export function optionOf(setting: string): string {
  return setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads a list such as "bce,w-gp". */
export function list(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.some((item) => item === "")) throw new InvalidArgumentError("It must be a list such as a,b,c.");
  return [...new Set(items)];
}

/** Reads a list of losses such as "bce,w-gp", or "all": those with a short name. Throws `InputError` for one that there is not. */
export function lossList(text: string): string[] {
  const names = list(text).flatMap((name) =>
    name.toLowerCase() === "all" ? Object.keys(pairings) : pairingByName(name).name,
  );
  return [...new Set(names)];
}

/** What a list of losses is made of, for help. */
export const LOSSES = `all, or some of ${Object.keys(pairings).join(", ")} and LOSS+CONSTRAINT such as hinge+sn`;

/** Reads a list of seeds such as "0,1,2". */
export function seedList(text: string): number[] {
  return list(text).map(seedNumber);
}

/** Reads "25:100", the first iterations and the critic updates before each of them. */
export function warmUp(text: string): { readonly iterations: number; readonly criticSteps: number } {
  const [iterations, criticSteps, ...rest] = text.split(":").map(wholeFrom(1));
  if (iterations === undefined || criticSteps === undefined || rest.length > 0) {
    throw new InvalidArgumentError("It must be two whole numbers such as 25:100.");
  }
  return inRange("warmUp", { iterations, criticSteps });
}

/** Reads an option as a number that the setting may be. */
function numberFor(name: keyof RunConfig): (text: string) => number {
  return (text) => inRange(name, number(text));
}

function inRange<T>(name: keyof RunConfig, value: T): T {
  const { error } = runConfigSchema.shape[name].safeParse(value);
  if (error) throw new InvalidArgumentError(`${error.issues[0]!.message.replace(/^i/, "I")}.`);
  return value;
}

/** The number of fewest digits that is the same as a 32-bit float: 0.1, not 0.10000000149011612. */
export function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** How a table is read. */
export const headerOptions: readonly Option[] = [
  new Option("--header", "the first row of a table holds names (default: told by its cells)"),
  new Option("--no-header", "the first row of a table holds numbers (default: told by its cells)"),
];

/** `--checkpoint`, for a command that reads a run. */
export function checkpointOption(which = "of the run"): Option {
  return new Option(
    "--checkpoint <n>",
    `the iteration of a checkpoint ${which} (default: the newest that is whole)`,
  ).argParser(wholeFrom(0));
}

/** The options that set up a run, shared by `train` and `compare`; each is named as the setting that it fills. */
export const settingOptions: readonly Option[] = [
  new Option("--iterations <n>", "generator updates (default: 6000 for points, 2000 for images)").argParser(
    numberFor("iterations"),
  ),
  new Option("--network <kind>", "mlp or dcgan (default: by the data)").choices(["mlp", "dcgan"]),
  new Option("--width <n>", "neurons of a hidden layer, or channels nearest to the image (default: 128, 32)").argParser(
    numberFor("width"),
  ),
  new Option("--depth <n>", "hidden layers of an mlp (default: 5)").argParser(numberFor("depth")),
  new Option("--latent <n>", "length of a latent (default: 2 for points, 64 for images)").argParser(
    numberFor("latent"),
  ),
  new Option(
    "--batch <n>",
    "samples in a batch, at most as many as the data has (default: 256 for points, 64 for images)",
  ).argParser(numberFor("batch")),
  new Option(
    "--critic-steps <n>",
    "critic updates before each generator update (default: 3 for points, 5 for images)",
  ).argParser(numberFor("criticSteps")),
  new Option(
    "--warm-up <n:k>",
    "k critic updates before each of the first n iterations, such as 25:100 (default: none)",
  ).argParser(warmUp),
  new Option("--lambda <x>", "weight of the gradient penalty (default: 0.3 for points, 10 for images)").argParser(
    numberFor("lambda"),
  ),
  new Option("--clip <x>", "limit of the weights under w-clip (default: 0.1 for points, 0.01 for images)").argParser(
    numberFor("clip"),
  ),
  new Option("--optimizer <name>", "adam, adamw, rmsprop or sgd (default: adam; rmsprop under w-clip)").choices([
    "adam",
    "adamw",
    "rmsprop",
    "sgd",
  ]),
  new Option(
    "--learning-rate <x>",
    "of both networks (default: 0.003 for points, 0.0005 for images; under w-clip 0.0005 and 0.0002)",
  ).argParser(numberFor("learningRate")),
  new Option("--beta1 <x>", "Adam's first decay, or SGD's momentum (default: 0 for points, 0.5 for images)").argParser(
    numberFor("beta1"),
  ),
  new Option("--beta2 <x>", "Adam's second decay (default: 0.99 for points, 0.9 for images)").argParser(
    numberFor("beta2"),
  ),
  new Option("--schedule <kind>", "how the learning rate falls (default: cosine)").choices([
    "constant",
    "linear",
    "cosine",
  ]),
  new Option("--normalisation <kind>", "of the generator (default: none for points, batch for images)").choices([
    "none",
    "batch",
    "layer",
  ]),
  new Option("--critic-normalisation <kind>", "of the critic (default: none)").choices(["none", "batch", "layer"]),
  new Option(
    "--critic-activation <name>",
    "between the critic's layers, of an mlp (default: relu; maxmin under w-orth)",
  ).choices(["relu", "leaky-relu", "elu", "softplus", "tanh", "maxmin", "fullsort"]),
  new Option(
    "--ema <decay>",
    "sample from a moving average of the generator, such as 0.999 (default: no average)",
  ).argParser(numberFor("ema")),
  new Option(
    "--evaluate-every <n>",
    "iterations between evaluations (default: 200 for points, 100 for images)",
  ).argParser(numberFor("evaluateEvery")),
  new Option(
    "--settle <n>",
    "most updates of the copy of a Wasserstein critic that is trained on at each evaluation until it has settled; " +
      "0: none (default: 300 for points, at the cost of about 75 iterations; 0 for images)",
  ).argParser(numberFor("settle")),
  new Option("--device <name>", "where to train (default: cpu)").choices(["cpu", "webgpu", "cuda"]),
  ...headerOptions,
];
