import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type {} from "../engine/keptState.js";
import { describeInChromium, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";

describeInChromium("programs in a page, with WebGPU", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildPage("enginePage");
    const software = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
    [site, browser] = await Promise.all([serve(built.folder), openBrowser(software)]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  it("state stays on the device between runs, and comes home with the values of WebAssembly", async () => {
    const { page, problems } = await openPage(browser, site.origin);
    const [cpu, webgpu] = await page.evaluate(async () => [await updatesOn("cpu"), await updatesOn("webgpu")] as const);
    expect([cpu.onDevice, webgpu.onDevice]).toEqual([false, true]);
    for (const name of ["losses", "weights", "momentum"] as const) {
      for (const [i, value] of webgpu[name].entries()) expect(value, `${name} ${i}`).toBeCloseTo(cpu[name][i] ?? 0, 5);
    }
    expect(webgpu.refusals).toEqual([
      "values on webgpu are given to a program on cpu; read them first",
      "these values have been released on their device",
    ]);
    expect(problems).toEqual([]);
  });
});
