import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seriousFaults } from "./axe.js";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildStudio } from "./buildPage.js";

/** Networks that are started and trained in next to no time. */
const TINY = "generatorWidth=8&generatorDepth=1&criticWidth=8&criticDepth=1&batch=16&criticSteps=2&device=wasm";

describeInChromium("the diagram", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  let tab: OpenPage;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildStudio(), openBrowser()]);
    site = await serve(built.folder);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  async function open(query: string, width = 1440): Promise<Page> {
    await tab?.page.close();
    const viewport = { width, height: 900 };
    tab = await openPage(browser, `${site.origin}/?${query}`, { viewport, locale: "en-GB", reducedMotion: "reduce" });
    return tab.page;
  }
  const drawn = (page: Page, sides = 2) =>
    page.waitForFunction((sides) => document.querySelectorAll("[data-station=loss] dd").length >= 3 * sides, sides);
  /** The figures of a station on a side, by their names. */
  const figures = (page: Page, side: string, station: string) =>
    page
      .locator(`.diagram-side[data-side=${side}] [data-station=${station}] dl > div`)
      .evaluateAll((rows) =>
        Object.fromEntries(
          rows.map((row) => [row.querySelector("dt")!.textContent!, row.querySelector("dd")!.textContent!]),
        ),
      );
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const says = (page: Page) => page.locator(".slow-motion-says").textContent();
  const clock = (page: Page) => page.locator(".clock b").textContent();

  it("is opened by its key and its button, restored by its link, and has the numbers of both runs", async () => {
    const page = await open(TINY);
    await page.waitForSelector(".picture[aria-busy=false]");
    await page.keyboard.press("d");
    await drawn(page);
    expect(new URL(page.url()).searchParams.get("diagram")).toBe("on");
    const [bce, w] = [await figures(page, "left", "loss"), await figures(page, "right", "loss")];
    expect(Object.keys(bce)).toEqual(["value V of the game", "discriminator’s loss", "generator’s loss"]);
    expect(Object.keys(w)).toEqual(["value V of the game", "critic’s loss", "penalty in it", "generator’s loss"]);
    // Under BCE the discriminator's loss is minus the value, and no gradient at an answer is larger than 1; under the W-loss each is 1.
    expect(Number(bce["discriminator’s loss"])).toBe(-Number(bce["value V of the game"]));
    expect(Number((await figures(page, "left", "answers"))["median gradient"])).toBeLessThan(1);
    expect((await figures(page, "right", "answers"))["median gradient"]).toBe("1");
    await page.reload();
    await drawn(page);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.waitForFunction(() => Number(document.querySelector(".clock b")!.textContent) >= 5);
    await page.keyboard.press("Space");
    await expect.poll(() => figures(page, "left", "loss")).not.toEqual(bce);
    await press(page, "Diagram");
    await page.waitForSelector(".picture[aria-busy=false]");
    expect(page.url()).not.toContain("diagram");
    expect(tab.problems).toEqual([]);
  });

  it("goes through an update of each player in slow motion, which moves the weights of that one alone", async () => {
    const page = await open(`${TINY}&diagram=on`);
    await drawn(page);
    const before = await figures(page, "right", "loss");
    await press(page, "Opponent’s update");
    expect(await says(page)).toMatch(/^1 of 6 Reals are drawn/);
    for (let phase = 2; phase <= 5; phase++) await press(page, "Next");
    expect(await says(page)).toMatch(/^5 of 6 The gradient of this loss flows back through the opponent/);
    expect(await figures(page, "right", "loss")).toEqual(before);
    expect(Object.keys(await figures(page, "left", "opponent"))).toEqual(["gradient of the weights"]);
    await press(page, "Next");
    const name = "critic’s loss";
    await expect.poll(async () => (await figures(page, "right", "loss"))[name]).toMatch(/^\S+ → \S+$/);
    expect((await figures(page, "right", "loss"))[name]).toMatch(before[name]!);
    expect(await clock(page)).toBe("0");
    expect(await page.getByRole("button", { name: "Next", exact: true }).isDisabled()).toBe(true);

    await press(page, "Generator’s update");
    for (let phase = 2; phase <= 6; phase++) await press(page, "Next");
    expect(await says(page)).toMatch(/^6 of 7 From the fakes it flows on into the generator/);
    expect(await page.locator(".station.active").evaluateAll((all) => all.map((one) => one.className))).toEqual([
      expect.stringContaining("generator"),
      expect.stringContaining("generator"),
    ]);
    expect(await clock(page)).toBe("0");
    await press(page, "Next");
    await expect.poll(() => clock(page)).toBe("1");
    await expect.poll(async () => (await figures(page, "left", "loss"))["generator’s loss"]).toContain("→");
    expect(tab.problems).toEqual([]);
  });

  it("goes on by itself, pauses, and ends when the runs play", async () => {
    const page = await open(`${TINY}&diagram=on`);
    await drawn(page);
    await page.getByLabel("Pace").selectOption("fast");
    await press(page, "Generator’s update");
    await expect.poll(() => says(page)).toMatch(/^2 of 7/);
    await page.locator(".slow-motion").getByRole("button", { name: "Pause", exact: true }).click();
    const paused = await says(page);
    await page.locator(".slow-motion").getByRole("button", { name: "Go on", exact: true }).click();
    await expect.poll(() => says(page)).not.toBe(paused);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect.poll(() => says(page)).toMatch(/^The runs were played, which ended slow motion/);
    expect(tab.problems).toEqual([]);
  });

  it("shows one side at a time where there is little room, and images too, without a serious fault of access", async () => {
    const page = await open(`${TINY}&data=mnist&left=hinge%2Bsn&diagram=on`, 390);
    await drawn(page, 1);
    expect(await page.locator(".diagram-side").count()).toBe(1);
    await page.locator(".diagram-shown button").nth(1).click();
    expect(await page.locator(".diagram-side").getAttribute("data-side")).toBe("right");
    expect(await page.locator("[data-station=fake] canvas").count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousFaults(page)).toEqual([]);
    expect(tab.problems).toEqual([]);
  });
});
