import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tableSteps } from "../training/tableSteps.js";
import { describeInChromium, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";

describeInChromium("a table in a page", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildPage("tablePage");
    [site, browser] = await Promise.all([serve(built.folder), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  it("is trained on and sampled from as in Node", async () => {
    const here = await tableSteps();
    const { page, problems } = await openPage(browser, site.origin);
    await page.waitForFunction(() => "stepsOnTable" in globalThis);
    const there = await page.evaluate(() => stepsOnTable());
    expect(there.losses).toHaveLength(16);
    for (const [i, loss] of there.losses.entries()) expect(loss, `loss ${i}`).toBeCloseTo(here.losses[i] ?? NaN, 4);
    // Where two choices are nearly as likely, the last bit may decide.
    const other = there.rows.filter((row, i) => row.join() !== here.rows[i]?.join());
    expect(there.rows).toHaveLength(200);
    expect(other.length).toBeLessThanOrEqual(4);
    expect(new Set(there.rows.map(([city]) => city)).size).toBe(3);
    expect(problems).toEqual([]);
  });
});
