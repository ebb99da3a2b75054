import { leavesOf, type TensorData } from "../../../../src/engine/index.js";
import type { PlayerName, State } from "../../../../src/game/state.js";
import { decodeSafetensors, encodeSafetensors } from "../../../../src/runs/safetensors.js";
import type { Snapshot } from "../../session/protocol.js";
import { SIDES, type Side } from "../../settings/settings.js";

type Sides = Readonly<Record<Side, Snapshot>>;

/** Both sides as a safetensors file: a tensor for each vector of their states, as `left.generator.parameters`. */
export function encodePrepared(sides: Sides): Uint8Array {
  const tensors = SIDES.flatMap((side) =>
    leavesOf<TensorData>(sides[side].state).map(([names, tensor]) => [[side, ...names].join("."), tensor] as const),
  );
  const { iteration } = sides.left;
  const seconds = JSON.stringify(SIDES.map((side) => sides[side].seconds));
  return encodeSafetensors(Object.fromEntries(tensors), { iteration: String(iteration), seconds });
}

/** @throws InputError where the file is damaged */
export function decodePrepared(bytes: Uint8Array, name: string): Sides {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  const seconds = JSON.parse(metadata.seconds!) as readonly number[];
  const sides = SIDES.map((side, i): [Side, Snapshot] => {
    // Nothing is kept of a player that has no buffers, or no slots.
    const player = (name: PlayerName) => ({
      slots: {},
      buffers: {},
      ...(treeAt(tensors, `${side}.${name}.`) as object),
    });
    const state = { generator: player("generator"), critic: player("critic") } as State<TensorData>;
    return [side, { iteration: Number(metadata.iteration), seconds: seconds[i]!, state }];
  });
  return Object.fromEntries(sides) as Record<Side, Snapshot>;
}

/** The tree of all tensors whose names begin so: what `leavesOf` took apart. */
function treeAt(tensors: Readonly<Record<string, TensorData>>, prefix: string): unknown {
  const rests = Object.keys(tensors).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  const names = new Set(rests.map((rest) => rest.split(".", 1)[0]!));
  return Object.fromEntries(
    [...names].map((name) => [name, tensors[prefix + name] ?? treeAt(tensors, `${prefix}${name}.`)]),
  );
}
