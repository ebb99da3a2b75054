import { leavesOf, type TensorData } from "../../../../src/engine/index.js";
import type { PlayerName, State } from "../../../../src/game/state.js";
import { decodeSafetensors, encodeSafetensors } from "../../../../src/runs/safetensors.js";
import type { Snapshot, Snapshots } from "../../session/protocol.js";
import { SIDES, type Side } from "../../settings/settings.js";

/** Both sides as a safetensors file: a tensor for each vector of their states, as `left.generator.parameters`, and where each stands. */
export function encodePrepared(sides: Snapshots): Uint8Array {
  const tensors = SIDES.flatMap((side) =>
    leavesOf<TensorData>(sides[side].state).map(([names, tensor]) => [[side, ...names].join("."), tensor] as const),
  );
  const stands = SIDES.map((side) => {
    const { state, ...rest } = sides[side];
    return [side, JSON.stringify(rest)];
  });
  return encodeSafetensors(Object.fromEntries(tensors), Object.fromEntries(stands));
}

/** @throws InputError where the file is damaged */
export function decodePrepared(bytes: Uint8Array, name: string): Snapshots {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  const sides = SIDES.map((side): [Side, Snapshot] => {
    // Nothing is kept of a player that has no buffers, or no slots.
    const player = (name: PlayerName) => ({
      slots: {},
      buffers: {},
      ...(treeAt(tensors, `${side}.${name}.`) as object),
    });
    const state = { generator: player("generator"), critic: player("critic") } as State<TensorData>;
    return [side, { ...(JSON.parse(metadata[side]!) as Omit<Snapshot, "state">), state }];
  });
  return Object.fromEntries(sides) as Snapshots;
}

/** The tree of all tensors whose names begin so: what `leavesOf` took apart. */
function treeAt(tensors: Readonly<Record<string, TensorData>>, prefix: string): unknown {
  const rests = Object.keys(tensors).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  const names = new Set(rests.map((rest) => rest.split(".", 1)[0]!));
  return Object.fromEntries(
    [...names].map((name) => [name, tensors[prefix + name] ?? treeAt(tensors, `${prefix}${name}.`)]),
  );
}
