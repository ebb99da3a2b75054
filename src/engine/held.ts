import { at } from "./at.js";
import { discard } from "./discard.js";
import type { Shape } from "./shape.js";
import type { TensorData } from "./tensor.js";
import { leavesOf, mapTree, type Tree, type TreeOf } from "./tree.js";

/** Values that stay on the device that computed them. Whoever has them reads them, gives them to programs, and releases them. */
export interface DeviceTensor {
  /** The length of each axis. */
  readonly shape: Shape;
  /**
   * Copies the values to memory; they stay on the device as well.
   * @throws Error where they have been released
   */
  read(): Promise<TensorData>;
  /** Frees them on the device. They cannot be used afterwards; a second time does nothing. */
  release(): void;
}

/** Values in memory, or where a program left them. */
export type Held = TensorData | DeviceTensor;

/**
 * The values of a tree in memory: those on a device are copied, the others are the same.
 * @param tree values in memory and on a device, in any levels
 */
export async function readHeld<Like extends Tree<Held>>(tree: Like): Promise<TreeOf<Like, TensorData>> {
  const values = await valuesIn(tree);
  let position = 0;
  return mapTree(tree, () => at(values, position++));
}

/**
 * The values of a tree in memory of their own.
 * @param tree values in memory and on a device, in any levels
 */
export async function copyHeld<Like extends Tree<Held>>(tree: Like): Promise<TreeOf<Like, TensorData>> {
  const values = await valuesIn(tree);
  let position = 0;
  return mapTree(tree, () => {
    const { shape, data } = at(values, position++);
    return { shape, data: data.slice() };
  });
}

function valuesIn(tree: Tree<Held>): Promise<TensorData[]> {
  return Promise.all(leavesOf<Held>(tree).map(([, held]) => (isInMemory(held) ? held : held.read())));
}

/**
 * Frees the values of a tree, which are what a program gave and nobody uses any more, be they on a device or in memory.
 * @param tree values that are not used afterwards
 */
export function discardHeld(tree: Tree<Held>): void {
  for (const [, held] of leavesOf(tree)) {
    if (isInMemory(held)) discard(held);
    else held.release();
  }
}

/**
 * Frees the values of a tree that are on a device.
 * @param tree values that are not used afterwards on their device
 */
export function releaseHeld(tree: Tree<Held>): void {
  for (const [, held] of leavesOf(tree)) if (!isInMemory(held)) held.release();
}

/** Whether values are in memory. */
export function isInMemory(held: Held): held is TensorData {
  return "data" in held;
}
