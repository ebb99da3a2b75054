import { whole } from "../language/format.js";
import { type Dictionary, text } from "../language/index.js";
import type { Machine } from "../session/protocol.js";

/** Which machine trains, and why it is that one. */
export function machineWords(
  machine: Machine,
  images: boolean,
  { app }: Dictionary = text(),
): { readonly what: string; readonly why: string } {
  const { webgpu, threads, single, why } = app.machine;
  if (machine.device === "webgpu") return { what: webgpu, why: why.gpu };
  const what = machine.threads > 1 ? threads(whole(machine.threads)) : single;
  const reasons = [
    machine.fellBack ? why.fellBack : images ? why.images : why.isolated,
    ...(machine.threads > 1 ? [] : [self.crossOriginIsolated ? why.oneCore : why.alone]),
  ];
  return { what, why: reasons.join(" ") };
}
