import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInChromium, openBrowser, openPage, type Site, serve } from "./browser.js";
import { buildSessionPage } from "./sessionPage/build.js";
import { sideWorkersOf } from "./sessionPage/sideWorkers.js";
import { TINY } from "./tiny.js";

const ON_GRID = { ...TINY, data: "grid" } as const;

/** Chromium's WebGPU on the CPU: slow, and right. */
const SOFTWARE_WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

describeInChromium("the workers that train, with WebGPU", () => {
  let built: Awaited<ReturnType<typeof buildSessionPage>>;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildSessionPage();
    [site, browser] = await Promise.all([serve(built.folder, { isolated: false }), openBrowser(SOFTWARE_WEBGPU)]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  it("has the losses of WebAssembly, and goes on there from its last state when the device is lost", async () => {
    const { page, problems } = await openPage(browser, site.origin);
    const workers = await sideWorkersOf(page);
    for (const worker of workers) await worker.evaluate(keepDevice);
    const losses = await page.evaluate(async (settings) => {
      const lossesOn = async (device: "webgpu" | "wasm") => {
        await driver.begin(settings, device);
        const { left, right } = await driver.stepped("generator");
        return { device: driver.machine.value!.device, losses: [left.losses!, right.losses!] };
      };
      return { wasm: await lossesOn("wasm"), webgpu: await lossesOn("webgpu") };
    }, ON_GRID);
    expect([losses.wasm.device, losses.webgpu.device]).toEqual(["wasm", "webgpu"]);
    for (const [side, { critic, value }] of losses.webgpu.losses.entries()) {
      expect(Math.abs(critic - losses.wasm.losses[side]!.critic)).toBeLessThan(1e-4);
      expect(Math.abs(value - losses.wasm.losses[side]!.value)).toBeLessThan(1e-4);
    }

    const before = await page.evaluate(async () => {
      const { left } = await driver.stepped("generator");
      return left.iteration;
    });
    for (const worker of workers) await worker.evaluate(() => device.destroy());
    const after = await page.evaluate(async () => {
      const { left, right } = await driver.stepped("generator");
      return { machine: driver.machine.value!, iterations: [left.iteration, right.iteration] };
    });
    expect(after.machine).toMatchObject({ device: "wasm", fellBack: true });
    expect(after.iterations).toEqual([before + 1, before + 1]);
    expect(problems).toEqual([]);
    // Two devices on the CPU of a machine that is busy with other tests take their time.
  }, 120_000);
});

interface GpuDevice {
  destroy(): void;
}

declare global {
  var device: GpuDevice;
  var GPUAdapter: { readonly prototype: { requestDevice(...options: unknown[]): Promise<GpuDevice> } };
}

/** Leaves the next WebGPU device where a test can reach it. Runs in the worker. */
function keepDevice(): void {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...options) {
    globalThis.device = await requestDevice.apply(this, options);
    return globalThis.device;
  };
}
