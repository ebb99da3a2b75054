import gpuLoader from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import gpuBinary from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import loader from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import binary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { BrowserRuntime } from "../../../src/engine/runtime/browser.js";

const absolute = (address: string) => new URL(address, self.location.href).href;

/** Where the page serves onnxruntime-web's binaries. */
export const RUNTIME_FILES: Pick<BrowserRuntime, "cpu" | "webgpu"> = {
  cpu: { mjs: absolute(loader), wasm: absolute(binary) },
  webgpu: { mjs: absolute(gpuLoader), wasm: absolute(gpuBinary) },
};
