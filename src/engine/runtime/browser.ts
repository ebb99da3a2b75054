import * as ort from "onnxruntime-web";
import type { Session, SessionOptions } from "./session.js";
import { runWith } from "./tensors.js";

export type { Device } from "./session.js";

/** A session of onnxruntime-web: WebAssembly, or WebGPU. */
export async function createSession(model: Uint8Array, { device = "cpu" }: SessionOptions): Promise<Session> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [device === "cpu" ? "wasm" : "webgpu"],
    logSeverityLevel: 3,
  });
  return { run: (inputs) => runWith(ort, session, inputs), release: () => session.release() };
}
