import gpuLoader from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import gpuBinary from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?packed";
import loader from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import binary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?packed";
import type { BrowserRuntime } from "../../../src/engine/runtime/browser.js";
import { fetchedBytes } from "../data/fetchedBytes.js";

const absolute = (address: string) => new URL(address, self.location.href).href;

/** Where the page serves onnxruntime-web's binaries. */
export const RUNTIME_FILES: Pick<BrowserRuntime, "cpu" | "webgpu"> = {
  cpu: { mjs: absolute(loader), wasm: () => fetchedBytes(binary) },
  webgpu: { mjs: absolute(gpuLoader), wasm: () => fetchedBytes(gpuBinary) },
};
