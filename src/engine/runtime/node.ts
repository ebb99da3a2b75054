import * as ort from "onnxruntime-node";
import { InputError } from "../../errors.js";
import type { Device, Session, SessionOptions } from "./session.js";
import { runWith } from "./tensors.js";

export type { Device } from "./session.js";

/** A session of onnxruntime-node. */
export async function createSession(model: Uint8Array, { device = "cpu", threads }: SessionOptions): Promise<Session> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [device],
    // Messages of ONNX Runtime below an error speak of its own graph passes.
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  }).catch((error: Error) => {
    throw device === "cpu" ? error : unavailable(device, error);
  });
  return { run: (inputs) => runWith(ort, session, inputs), release: () => session.release() };
}

function unavailable(device: Device, error: Error): InputError {
  return new InputError(
    `the device "${device}" cannot be used here (${error.message.split("\n")[0]}); choose --device cpu`,
  );
}
