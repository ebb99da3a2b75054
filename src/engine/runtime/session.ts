import type { Held } from "../held.js";
import type { TensorData } from "../tensor.js";

/** Where a program runs. */
export type Device = "cpu" | "webgpu" | "cuda";

export interface SessionOptions {
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** Names of results that `runKeeping` leaves on the device, where it is one that keeps values. */
  readonly keep?: readonly string[];
}

/** Where ONNX Runtime is told to leave a model's results; `undefined` where they all come to memory. */
export function resultLocations({ device, keep = [] }: SessionOptions): Record<string, "gpu-buffer"> | undefined {
  if (device !== "webgpu" || keep.length === 0) return undefined;
  return Object.fromEntries(keep.map((name) => [name, "gpu-buffer"]));
}

/** Settings of a session that make a device run the whole model or none of it, and not leave nodes to the CPU without a word. */
export const WHOLE_ON_DEVICE = { session: { disable_cpu_ep_fallback: "1" } } as const;

/** A model that is ready to run. */
export interface Session {
  /** The results in memory. */
  run(inputs: Readonly<Record<string, Held>>): Promise<Record<string, TensorData>>;
  /** The results, those that are kept where they were computed. */
  runKeeping(inputs: Readonly<Record<string, Held>>): Promise<Record<string, Held>>;
  release(): Promise<void>;
}
