import * as ort from "onnxruntime-node";
import { InputError } from "../../errors.js";
import { reorderingModel } from "./reorderingModel.js";
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

let block: Promise<number | undefined> | undefined;

/** How many channels the convolutions of this CPU take at a time; `undefined` where they, or the device, know no such blocks. */
export function channelBlock(device: Device = "cpu"): Promise<number | undefined> {
  if (device !== "cpu") return Promise.resolve(undefined);
  block ??= measureBlock().catch(() => undefined);
  return block;
}

/** Images of a few channels come out of a reordering into blocks with as many as one block has. */
async function measureBlock(): Promise<number | undefined> {
  const session = await createSession(reorderingModel(FEW_CHANNELS), {});
  const image = { shape: [1, FEW_CHANNELS, 1, 1], data: new Float32Array(FEW_CHANNELS) };
  const { y } = await session.run({ x: image });
  await session.release();
  const channels = y!.shape[1]!;
  return channels > FEW_CHANNELS ? channels : undefined;
}

const FEW_CHANNELS = 4;

function unavailable(device: Device, error: Error): InputError {
  return new InputError(
    `the device "${device}" cannot be used here (${error.message.split("\n")[0]}); choose --device cpu`,
  );
}
