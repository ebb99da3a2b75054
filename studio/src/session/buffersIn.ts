import type { SideFrame } from "./protocol.js";

/** The memory of a frame's arrays, to be handed on to another thread and not copied. */
export function buffersIn(frame: SideFrame): ArrayBufferLike[] {
  return Object.values(frame).flatMap((value) => (value instanceof Float32Array ? [value.buffer] : []));
}
