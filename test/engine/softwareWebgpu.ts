import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { describe } from "vitest";
import { cast, compile, neg } from "../../src/engine/index.js";
import { chromiumPath } from "../studio/browser.js";

/** glibc's RTLD_NODELETE: the library stays when Node refuses it, which it does because it is none for Node. */
const STAY = 0x1000;

/** Lets WebGPU in this process use Chromium's Vulkan on the CPU (slow, and right) where the machine has none of its own. */
function offerSoftwareVulkan(): void {
  const folders = [chromiumPath(), "/usr/lib/chromium/chromium"].flatMap((path) => (path ? [dirname(path)] : []));
  const folder = folders.find((path) => existsSync(join(path, "vk_swiftshader_icd.json")));
  if (!folder || process.platform !== "linux" || process.env.VK_ICD_FILENAMES) return;
  process.env.VK_ICD_FILENAMES = join(folder, "vk_swiftshader_icd.json");
  process.env.XDG_RUNTIME_DIR ??= folder;
  try {
    process.dlopen({ exports: {} }, join(folder, "libvulkan.so.1"), constants.dlopen.RTLD_NOW | STAY);
  } catch {}
}

offerSoftwareVulkan();
const x = { shape: [1], data: Float32Array.of(1) };
const problem = await compile(({ x }) => ({ y: neg(x) }), { x }, { device: "webgpu" }).then(
  (program) => program.release().then(() => undefined),
  (error: Error) => error.message,
);

/** Why WebGPU in this process does not compute in float16; `undefined` where it does. Chromium's own adapter does not. */
export const problemOfHalf = problem ?? (await halfOnWebgpu());

async function halfOnWebgpu(): Promise<string | undefined> {
  const program = await compile(({ x }) => ({ y: cast(cast(x, "float16"), "float32") }), { x }, { device: "webgpu" });
  const running = program.run({ x }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return running.finally(() => program.release());
}

/** `describe` for tests on WebGPU in Node. Where there is none they are skipped, and it is said loudly. */
export function describeOnWebgpu(name: string, tests: () => void): void {
  if (problem) console.warn(`SKIPPED: ${name}. ${problem} (Chromium brings an adapter: apt install chromium.)`);
  describe.skipIf(problem !== undefined)(name, tests);
}
