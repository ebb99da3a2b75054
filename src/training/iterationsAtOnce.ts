import { type Device, type InputSpec, leavesOf, sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { Seat } from "../game/batchShare.js";
import type { Game } from "../game/game.js";
import { type StepSize, stepSpecs } from "../game/inputs.js";

/** On CUDA, from which the state comes to memory each time. */
const ON_CUDA = 16;
/** A period of a penalty of every k-th update that is one program, where more iterations would not gain. */
const LONGEST_PERIOD = 4;
/** Updates of both players: the graph grows with each of them. */
const MOST_UPDATES = 48;
/** Of what is drawn. */
const MOST_BYTES = 2 ** 26;

/**
 * How many iterations are computed at once: what the options say, as long as the graph and what is drawn for it stay small, and the penalty
 * of every k-th update has the same turns the next time. A period of that is one program where it is short: programs with and without the
 * penalty in turns would be two sessions of ONNX Runtime, whose waiting threads take the cores from each other.
 * @param size of one iteration, with a seat where ranks share it
 * @throws InputError where the option is no whole number from 1
 */
export function iterationsAtOnce(
  { device, iterationsAtOnce: asked }: AtOnceOptions,
  game: Game,
  size: StepSize,
): number {
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1))
    throw new InputError(`iterationsAtOnce must be a whole number from 1, not ${asked}.`);
  const { criticSteps, seat } = size;
  const { penaltyEvery = 1 } = game.critic.constraint ?? {};
  const isPeriod = (count: number) => (count * criticSteps) % penaltyEvery === 0;
  const numbers = leavesOf<InputSpec>(stepSpecs(game, size)).map(([, { shape }]) => sizeOf(shape));
  const bytes = Float32Array.BYTES_PER_ELEMENT * numbers.reduce((sum, count) => sum + count, 0);
  const wanted = asked ?? byDefault(device, seat, isPeriod);
  let count = Math.min(wanted, Math.floor(MOST_UPDATES / (criticSteps + 1)), Math.floor(MOST_BYTES / bytes));
  while (count > 1 && !isPeriod(count)) count--;
  return Math.max(1, count);
}

function byDefault(device: Device | undefined, seat: Seat | undefined, isPeriod: (count: number) => boolean): number {
  if (seat) return 1;
  if (device === "cuda") return ON_CUDA;
  const periods = Array.from({ length: LONGEST_PERIOD }, (_, i) => i + 1);
  return periods.find(isPeriod) ?? 1;
}

interface AtOnceOptions {
  readonly device?: Device | undefined;
  readonly iterationsAtOnce?: number | undefined;
}
