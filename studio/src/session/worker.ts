import type { Command } from "./protocol.js";

addEventListener("message", ({ data }: MessageEvent<Command>) => {
  throw new Error(`"${data.type}" is not carried out yet`);
});
