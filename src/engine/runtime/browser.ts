import type { Env } from "onnxruntime-common";
import * as wasm from "onnxruntime-web/wasm";
import { portable } from "../lower/portable.js";
import type { Target } from "../lower/target.js";
import { webgpu } from "../lower/webgpu.js";
import { ortSession, readTensor } from "./ortSession.js";
import { deviceError } from "./runtimeError.js";
import { type Device, resultLocations, type Session, type SessionOptions, WHOLE_ON_DEVICE } from "./session.js";

export type { Device } from "./session.js";

/** One of onnxruntime-web's WebAssembly binaries and its loader. */
export interface RuntimeFiles {
  /** Its address, or what gives its bytes where they are not to be fetched as they are. */
  readonly wasm: string | (() => Promise<Uint8Array>);
  /** The loader's address. */
  readonly mjs: string;
}

/** Where a page serves onnxruntime-web from, and how many threads it takes. */
export interface BrowserRuntime {
  /** Threads of WebAssembly; more than one needs a page that is `crossOriginIsolated`. */
  readonly threads: number;
  /** The files that compute in WebAssembly alone. */
  readonly cpu: RuntimeFiles;
  /** The files that compute on WebGPU as well. */
  readonly webgpu: RuntimeFiles;
}

let settings: BrowserRuntime | undefined;

/**
 * Says where a page serves onnxruntime-web's binaries, before the first session. Without this they are looked for beside the script,
 * and onnxruntime-web chooses how many threads.
 * @param runtime addresses of files, and threads
 */
export function configureRuntime(runtime: BrowserRuntime): void {
  settings = runtime;
}

/** A session of onnxruntime-web: WebAssembly, or WebGPU, whose larger binary is loaded only then. */
export async function createSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const { device = "cpu" } = options;
  const preferredOutputLocation = resultLocations(options);
  const ort = device === "cpu" ? wasm : await import("onnxruntime-web/webgpu");
  if (settings) await configure(ort.env, device === "cpu" ? settings.cpu : settings.webgpu, settings.threads);
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [device === "cpu" ? "wasm" : "webgpu"],
    logSeverityLevel: 3,
    ...(device !== "cpu" && { extra: WHOLE_ON_DEVICE }),
    ...(preferredOutputLocation && { preferredOutputLocation }),
  }).catch((error: Error) => {
    throw deviceError(device, error);
  });
  return ortSession(session, { Tensor: ort.Tensor, device, read: readTensor });
}

async function configure({ wasm }: Env, { wasm: binary, mjs }: RuntimeFiles, threads: number): Promise<void> {
  wasm.numThreads = threads;
  if (typeof binary === "string") wasm.wasmPaths = { wasm: binary, mjs };
  else {
    wasm.wasmPaths = { mjs };
    wasm.wasmBinary ??= await binary();
  }
}

/** What models are written for on a device of this browser. */
export async function targetOf(device: Device = "cpu"): Promise<Target> {
  return device === "webgpu" ? webgpu : portable;
}
