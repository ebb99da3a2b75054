import { InputError } from "../errors.js";
import type { FirstValues } from "../game/player.js";
import { PLAYERS, type PlayerName, type StateLayout } from "../game/state.js";
import { type Layout, unflattenData } from "../networks/parameters.js";
import { createRng } from "../random.js";
import type { SavedRun } from "./runRecord.js";

/**
 * The weights, buffers and moving average of a saved run, for another run to begin with.
 * @param layout of the networks that are to have them
 * @throws InputError where the networks are not the same
 */
export function weightsOf({ directory, model }: SavedRun, layout: StateLayout): Record<PlayerName, FirstValues> {
  const { state } = model;
  for (const player of PLAYERS) {
    const difference = differenceOf(model.layout[player], layout[player]);
    if (difference) {
      throw new InputError(
        `The weights in ${directory} are of other networks: ${difference} in the ${player}. Leave out the settings of the networks, and give data of the same shape.`,
      );
    }
  }
  const valuesOf = (player: PlayerName): FirstValues => {
    const { parameters, buffers, average } = state[player];
    // What a constraint carries along belongs to the run that it was of.
    const own = model.game[player].network.init(createRng(0)).buffers ?? {};
    const kept = Object.entries(buffers).filter(([name]) => Object.hasOwn(own, name));
    return { parameters: unflattenData(parameters, layout[player]), buffers: Object.fromEntries(kept), average };
  };
  return { generator: valuesOf("generator"), critic: valuesOf("critic") };
}

/** In words, the first tensor in which two layouts differ. */
function differenceOf(there: Layout, wanted: Layout): string | undefined {
  const longer = there.length > wanted.length ? there : wanted;
  for (const i of longer.keys()) {
    const [has, needs] = [there[i], wanted[i]];
    if (has?.name === needs?.name && String(has?.shape) === String(needs?.shape)) continue;
    return `${textOf(has)} there and ${textOf(needs)} here`;
  }
  return undefined;
}

function textOf(entry: Layout[number] | undefined): string {
  return entry ? `${entry.name} [${entry.shape.join(", ")}]` : "nothing";
}
