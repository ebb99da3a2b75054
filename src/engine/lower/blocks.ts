import type { Emitter } from "../emitter.js";

/** The domain of ONNX Runtime's operations on images in blocks of channels, `[N, C / block, H, W, block]`; it says `[N, C, H, W]` of them. */
export const DOMAIN = "com.microsoft.nchwc";

/** Emits images `[N, H, W, C]` in blocks of channels: those that they were made from, where they were. */
export function toBlocks(emitter: Emitter, x: string): string {
  return blocksOf(emitter, x) ?? emitter.node("ReorderInput", [x], { channels_last: 1 }, DOMAIN);
}

/** Emits images `[N, H, W, C]` from blocks of channels. */
export function fromBlocks(emitter: Emitter, blocks: string, channels: number): string {
  return emitter.node("ReorderOutput", [blocks], { channels, channels_last: 1 }, DOMAIN);
}

/** The blocks of channels that images were made from. */
export function blocksOf(emitter: Emitter, x: string): string | undefined {
  const maker = emitter.makerOf(x);
  return maker?.type === "ReorderOutput" && maker.attributes.channels_last === 1 ? maker.inputs[0] : undefined;
}
