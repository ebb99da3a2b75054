import { whole } from "../language/format.js";
import { type Dictionary, text } from "../language/index.js";
import type { DeviceChoice, Machine } from "../session/protocol.js";

export interface MachineUse {
  readonly choice: DeviceChoice;
  readonly images: boolean;
}

/** Which machine trains, and why it is that one. */
export function machineWords(
  machine: Machine,
  { choice, images }: MachineUse,
  { app }: Dictionary = text(),
): { readonly what: string; readonly why: string } {
  const { webgpu, threads, single, why } = app.machine;
  const chosen = choice === "auto" ? null : why.chosen;
  if (machine.device === "webgpu") return { what: webgpu, why: chosen ?? why.gpu };
  const what = machine.threads > 1 ? threads(whole(machine.threads)) : single;
  const reasons = [
    machine.fellBack ? why.fellBack : (chosen ?? (images ? why.images : why.isolated)),
    ...(machine.threads > 1 ? [] : [self.crossOriginIsolated ? why.fewCores : why.alone]),
  ];
  return { what, why: reasons.join(" ") };
}
