import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeInChromium, openBrowser, openPage, serve } from "./browser.js";

describeInChromium("the harness of the page's tests", () => {
  it("serves a folder to a page, isolated or not, and tells what went wrong in it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "monge-site-"));
    await writeFile(
      join(folder, "index.html"),
      `<link rel="icon" href="data:,"><script>console.error("one"); throw new Error("two")</script>`,
    );
    const browser = await openBrowser();
    for (const isolated of [true, false]) {
      const site = await serve(folder, { isolated });
      const { page, problems } = await openPage(browser, site.origin);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
      expect(problems).toEqual(["one", "two"]);
      await page.close();
      await site.close();
    }
    await browser.close();
    await rm(folder, { recursive: true });
  });
});
