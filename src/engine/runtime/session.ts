import type { TensorData } from "../tensor.js";

/** Where a program runs. */
export type Device = "cpu" | "webgpu" | "cuda";

export interface SessionOptions {
  readonly device?: Device;
  readonly threads?: number;
}

/** A model that is ready to run. */
export interface Session {
  run(inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  release(): Promise<void>;
}
