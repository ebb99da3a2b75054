import type { InferenceSession } from "onnxruntime-common";
import { DOMAIN } from "../lower/blocks.js";
import { cpuBlocks } from "../lower/cpuBlocks.js";
import { portable } from "../lower/portable.js";
import type { Target } from "../lower/target.js";
import { webgpu } from "../lower/webgpu.js";
import { FATAL_ONLY, loadRuntime } from "./nodeRuntime.js";
import { oneNodeModel } from "./oneNodeModel.js";
import { ortSession, type Reader, readTensor } from "./ortSession.js";
import { deviceError, missingDevice } from "./runtimeError.js";
import { type Device, resultLocations, type Session, type SessionOptions, WHOLE_ON_DEVICE } from "./session.js";

export type { Device } from "./session.js";

/** A session of onnxruntime-node. */
export async function createSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const { device = "cpu", threads } = options;
  const preferredOutputLocation = resultLocations(options);
  if (device === "webgpu" && !hasVulkan()) throw missingDevice(device);
  const ort = await loadRuntime();
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [device],
    logSeverityLevel: FATAL_ONLY,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
    ...(device !== "cpu" && { extra: WHOLE_ON_DEVICE }),
    ...(preferredOutputLocation && { preferredOutputLocation }),
  }).catch((error: Error) => {
    throw deviceError(device, error);
  });
  return ortSession(session, { Tensor: ort.Tensor, device, read: readKept });
}

let copying: Promise<InferenceSession> | undefined;

/** Copies a tensor that is kept on WebGPU by a model of one Identity: `getData` of such a tensor ends the process. */
const readKept: Reader = async (tensor) => {
  copying ??= loadRuntime().then((ort) =>
    ort.InferenceSession.create(oneNodeModel({ opType: "Identity" }), {
      executionProviders: ["webgpu"],
      logSeverityLevel: FATAL_ONLY,
    }),
  );
  const { y } = await (await copying).run({ x: tensor });
  if (!y) throw new Error("the values of a tensor on a device were not copied");
  return readTensor(y);
};

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
  if (device !== "cpu") return Promise.resolve(device === "webgpu" ? webgpu : portable);
  cpu ??= measuredCpu().catch(() => portable);
  return cpu;
}

/** This CPU: how many channels its convolutions take at a time shows in what a few channels are reordered into. */
async function measuredCpu(): Promise<Target> {
  const shape = [1, FEW_CHANNELS, 1, 1];
  const reordering = oneNodeModel({ opType: "ReorderInput", domain: DOMAIN, shape });
  const session = await createSession(reordering, {});
  const { y } = await session.run({ x: { shape, data: new Float32Array(FEW_CHANNELS) } });
  await session.release();
  const channels = y?.shape[1] ?? 0;
  return channels > FEW_CHANNELS ? cpuBlocks(channels) : portable;
}

const FEW_CHANNELS = 4;
