import { SIDES } from "../settings/settings.js";
import type { DeviceChoice, Machine } from "./protocol.js";
import { threadsAmong } from "./threads.js";

/** Threads of WebAssembly of each side. */
export const THREADS = threadsAmong(SIDES.length);

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
