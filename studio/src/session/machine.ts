import { SIDES } from "../settings/settings.js";
import type { DeviceChoice, Machine } from "./protocol.js";

/** More threads than this gain nothing on matrices of the page's size. */
const MOST_THREADS = 4;

/** Threads of WebAssembly of each side, which share the cores: one where the page may not share memory between threads. */
export const THREADS = self.crossOriginIsolated
  ? Math.max(1, Math.min(Math.floor(navigator.hardwareConcurrency / SIDES.length), MOST_THREADS))
  : 1;

/**
 * Where runs are to be computed. A step on points is hundreds of small operations, each of which takes longer to hand to a GPU than to
 * compute, so that "auto" takes WebGPU for images alone.
 */
export async function chooseMachine(choice: DeviceChoice, images: boolean): Promise<Machine> {
  const wanted = choice === "webgpu" || (choice === "auto" && images);
  const adapter = wanted ? await findAdapter() : null;
  // An adapter that computes on the CPU is for those who ask for it by name.
  const useful = adapter !== null && (choice === "webgpu" || !adapter.info.isFallbackAdapter);
  return useful
    ? { device: "webgpu", threads: THREADS, fellBack: false }
    : { device: "wasm", threads: THREADS, fellBack: choice === "webgpu" };
}

interface Gpu {
  requestAdapter(): Promise<{ readonly info: { readonly isFallbackAdapter: boolean } } | null>;
}

function findAdapter() {
  const { gpu } = navigator as { readonly gpu?: Gpu };
  return gpu ? gpu.requestAdapter().catch(() => null) : null;
}
