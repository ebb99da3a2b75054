import { cpuBlocks } from "../lower/cpuBlocks.js";
import { portable } from "../lower/portable.js";
import type { Target } from "../lower/target.js";
import { FATAL_ONLY, ort } from "./nodeRuntime.js";
import { reorderingModel } from "./reorderingModel.js";
import { deviceError, missingDevice } from "./runtimeError.js";
import type { Device, Session, SessionOptions } from "./session.js";
import { runWith } from "./tensors.js";

export type { Device } from "./session.js";

/** A session of onnxruntime-node. */
export async function createSession(model: Uint8Array, { device = "cpu", threads }: SessionOptions): Promise<Session> {
  if (device === "webgpu" && !hasVulkan()) throw missingDevice(device);
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [device],
    logSeverityLevel: FATAL_ONLY,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  }).catch((error: Error) => {
    throw deviceError(device, error);
  });
  return { run: (inputs) => runWith(ort, session, inputs), release: () => session.release() };
}

/** Whether WebGPU has what it needs on Linux: it writes to the terminal itself where it has not. */
function hasVulkan(): boolean {
  if (process.platform !== "linux") return true;
  try {
    process.dlopen({ exports: {} }, "libvulkan.so.1");
    return true;
  } catch (error) {
    // A library that is there is opened, and then refused because it is none for Node.
    return error instanceof Error && !error.message.includes("cannot open shared object file");
  }
}

let cpu: Promise<Target> | undefined;

/** What models are written for on a device of this machine. */
export function targetOf(device: Device = "cpu"): Promise<Target> {
  if (device !== "cpu") return Promise.resolve(portable);
  cpu ??= measuredCpu().catch(() => portable);
  return cpu;
}

/** This CPU: how many channels its convolutions take at a time shows in what a few channels are reordered into. */
async function measuredCpu(): Promise<Target> {
  const session = await createSession(reorderingModel(FEW_CHANNELS), {});
  const image = { shape: [1, FEW_CHANNELS, 1, 1], data: new Float32Array(FEW_CHANNELS) };
  const { y } = await session.run({ x: image });
  await session.release();
  const channels = y?.shape[1] ?? 0;
  return channels > FEW_CHANNELS ? cpuBlocks(channels) : portable;
}

const FEW_CHANNELS = 4;
