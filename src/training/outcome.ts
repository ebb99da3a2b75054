import { readHeld, type TensorData } from "../engine/index.js";
import { faultInReport, faultInState } from "../game/divergence.js";
import { skippedUpdates } from "../game/lossScale.js";
import { type LossScales, PLAYERS, type StateLayout } from "../game/state.js";
import { type AdversarialLoss, type Opponent, opponentUnder } from "../losses/loss.js";
import type { SteppedState } from "./stepper.js";

/** What is not finite in the results of a step under a loss: the first loss or gradient, or the first tensor of the next state. */
export async function faultIn(
  results: SteppedState,
  layout: StateLayout,
  loss: AdversarialLoss,
): Promise<string | undefined> {
  const inReports = faultInReports(results, opponentUnder(loss));
  if (inReports || areNumbersFinite(results)) return inReports;
  const next = await readHeld(results.next);
  return (
    faultInState("generator", next.generator, layout.generator) ?? faultInState("critic", next.critic, layout.critic)
  );
}

/**
 * Whether nothing in several steps went otherwise than was foreseen when their inputs were drawn: all is finite, and no update was skipped,
 * which those behind it count.
 */
export function wentAsForeseen(results: SteppedState, before: LossScales<TensorData>): boolean {
  const skips = PLAYERS.some((player) => skippedUpdates(results.lossScales[player]) > skippedUpdates(before[player]));
  return !skips && areNumbersFinite(results) && faultInReports(results, "critic") === undefined;
}

/** The losses of one of so many iterations that were computed at once. */
export function lossesIn({ critic, generator }: SteppedState, k = 0, iterations = 1) {
  const lastOf = ({ data }: TensorData) => data[((k + 1) * data.length) / iterations - 1] ?? Number.NaN;
  return {
    criticLoss: critic ? lastOf(critic.loss) : Number.NaN,
    generatorLoss: generator ? lastOf(generator.loss) : Number.NaN,
    value: critic ? lastOf(critic.value) : Number.NaN,
  };
}

function areNumbersFinite({ finite }: SteppedState): boolean {
  return finite.data[0] === 0;
}

function faultInReports({ critic, generator, lossScales }: SteppedState, opponent: Opponent): string | undefined {
  return (
    (critic && faultInReport(opponent, critic, lossScales.critic)) ??
    (generator && faultInReport("generator", generator, lossScales.generator))
  );
}
