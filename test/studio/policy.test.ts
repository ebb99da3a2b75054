import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { describeInChromium, openBrowser, openPage, serve } from "./browser.js";
import type { BuiltPage } from "./buildPage.js";
import { buildSessionPage } from "./sessionPage/build.js";
import { TINY } from "./tiny.js";

describeInChromium("what monge studio lets a page do", () => {
  let built: BuiltPage;
  let browser: Browser;
  let server: StudioServer;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildSessionPage(), openBrowser()]);
    server = await startStudioServer({ folder: built.folder });
  });
  afterAll(() => Promise.all([server?.close(), browser?.close(), built?.remove()]));

  it("is to train in workers, on an isolated page", async () => {
    const { page, problems } = await openPage(browser, server.address);
    const trained = await page.evaluate(async (settings) => {
      await driver.begin(settings);
      const { left, right } = await driver.stepped("generator");
      return {
        iterations: [left.iteration, right.iteration],
        isolated: crossOriginIsolated,
        machine: driver.machine.value,
      };
    }, TINY);
    expect(trained.iterations).toEqual([1, 1]);
    expect(trained).toMatchObject({ isolated: true, machine: { device: "wasm" } });
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is to train after it was opened with a token, which its workers and modules need not know", async () => {
    const closed = await startStudioServer({ folder: built.folder, token: "a-token_of-24-characters" });
    const { page, problems } = await openPage(browser, closed.address);
    const iterations = await page.evaluate(async (settings) => {
      await driver.begin(settings);
      return (await driver.stepped("generator")).left.iteration;
    }, TINY);
    expect([iterations, await page.evaluate(() => document.cookie)]).toEqual([1, ""]);
    await page.goto(new URL("/", closed.address).href);
    expect(await page.evaluate(() => fetch("api/runs.json").then(({ status }) => status))).toBe(200);
    expect(problems).toEqual([]);
    await Promise.all([page.close(), closed.close()]);
  });

  it("is not to run a script that is written into it, or to ask anything of another server", async () => {
    const { page } = await openPage(browser, server.address);
    const tried = await page.evaluate(async () => {
      const refused: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
        refused.push(effectiveDirective),
      );
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.head.append(script);
      new Image().src = "http://127.0.0.1:1/x.png";
      await fetch("http://127.0.0.1:1/").catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { ran: "ran" in globalThis, refused: refused.sort() };
    });
    expect(tried).toEqual({ ran: false, refused: ["connect-src", "img-src", "script-src-elem"] });
    await page.close();
  });

  it("is not to be framed or read by a page of another origin", async () => {
    const other = await serve(built.folder, { isolated: false });
    const { page } = await openPage(browser, other.origin);
    const read = (path: string, mode: RequestMode) =>
      page.evaluate(
        ([address, mode]) =>
          fetch(address, { mode }).then(
            () => "answered",
            () => "refused",
          ),
        [`${server.address}${path}`, mode] as const,
      );
    for (const path of ["", "api/runs.json"]) {
      expect([await read(path, "cors"), await read(path, "no-cors")]).toEqual(["refused", "refused"]);
    }
    await page.evaluate((address) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      return new Promise((resolve) => {
        frame.onload = resolve;
        document.body.append(frame);
      });
    }, server.address);
    expect(page.frames()[1]!.url()).toMatch(/^chrome-error:/);
    await Promise.all([page.close(), other.close()]);
  });
});
