import { InvalidArgumentError, Option } from "commander";

/** Reads an option as a number. Whether it is in range is for the configuration to say. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It must be a number.");
  return value;
}

/** Reads an option as a whole number from `least`. */
export function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (!Number.isInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return value;
  };
}

/** Reads a list such as "bce,w-gp". */
export function list(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.some((item) => item === "")) throw new InvalidArgumentError("It must be a list such as a,b,c.");
  return [...new Set(items)];
}

/** Reads a list of whole numbers such as "0,1,2". */
export function wholeList(text: string): number[] {
  return list(text).map(wholeFrom(0));
}

/** Reads "25:100", the first iterations and the critic updates before each of them. */
export function warmUp(text: string): { readonly iterations: number; readonly criticSteps: number } {
  const [iterations, criticSteps, ...rest] = text.split(":").map(wholeFrom(1));
  if (iterations === undefined || criticSteps === undefined || rest.length > 0) {
    throw new InvalidArgumentError("It must be two whole numbers such as 25:100.");
  }
  return { iterations, criticSteps };
}

/** The number of fewest digits that is the same as a 32-bit float: 0.1, not 0.10000000149011612. */
export function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** The options that set up a run, shared by `train` and `compare`; each is named as the setting that it fills. */
export const settingOptions: readonly Option[] = [
  new Option("--iterations <n>", "generator updates (default: 6000 for points, 2000 for images)").argParser(
    wholeFrom(1),
  ),
  new Option("--network <kind>", "mlp or dcgan (default: by the data)").choices(["mlp", "dcgan"]),
  new Option("--width <n>", "neurons of a hidden layer, or channels nearest to the image (default: 128, 32)").argParser(
    number,
  ),
  new Option("--depth <n>", "hidden layers of an mlp (default: 5)").argParser(number),
  new Option("--latent <n>", "length of a latent (default: 2 for points, 64 for images)").argParser(number),
  new Option("--batch <n>", "samples in a batch (default: 256 for points, 64 for images)").argParser(number),
  new Option(
    "--critic-steps <n>",
    "critic updates before each generator update (default: 3 for points, 5 for images)",
  ).argParser(number),
  new Option("--warm-up <n:k>", "k critic updates before each of the first n iterations, such as 25:100").argParser(
    warmUp,
  ),
  new Option("--lambda <x>", "weight of the gradient penalty (default: 0.3 for points, 10 for images)").argParser(
    number,
  ),
  new Option("--clip <x>", "limit of the weights under w-clip (default: 0.1 for points, 0.01 for images)").argParser(
    number,
  ),
  new Option("--optimizer <name>", "adam, adamw, rmsprop or sgd (default: adam; rmsprop under w-clip)").choices([
    "adam",
    "adamw",
    "rmsprop",
    "sgd",
  ]),
  new Option("--learning-rate <x>", "of both networks (default: 0.003 for points, 0.0005 for images)").argParser(
    number,
  ),
  new Option("--beta1 <x>", "Adam's first decay, or SGD's momentum (default: 0 for points, 0.5 for images)").argParser(
    number,
  ),
  new Option("--beta2 <x>", "Adam's second decay (default: 0.99 for points, 0.9 for images)").argParser(number),
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
  new Option("--ema <decay>", "sample from a moving average of the generator, such as 0.999").argParser(number),
  new Option(
    "--evaluate-every <n>",
    "iterations between evaluations (default: 200 for points, 100 for images)",
  ).argParser(number),
  new Option("--device <name>", "where to train (default: cpu)").choices(["cpu", "webgpu", "cuda"]),
  new Option("--size, --image-size <n>", "scale a folder of images to 28, 32 or 64 pixels").argParser(number),
  new Option("--channels <n>", "1 for grey, 3 for colour, for a folder of images").argParser(number),
];
