import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LESSONS } from "../../studio/src/lessons/lessons.js";
import { seriousFaults } from "./axe.js";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";
import "./lessonPage/rehearsal.js";

describeInChromium("the panel of a lesson", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildPage("lessonPage");
    [site, browser] = await Promise.all([serve(built.folder), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  const open = (search = "", width = 1280, height = 800): Promise<OpenPage> =>
    openPage(browser, `${site.origin}/${search}`, {
      viewport: { width, height },
      locale: "en-GB",
      reducedMotion: "reduce",
    });
  /** Begins the lessons, whose panel then has the keyboard. */
  const start = async (page: Page) => {
    await page.click("#start");
    await page.locator(".lesson h2:focus").waitFor();
  };
  const heading = (page: Page) => page.locator(".lesson h2").textContent();

  it.each([
    ["a wide window", 1280, 800],
    ["a telephone", 390, 844],
  ])("in %s it covers nothing that it points at, in any lesson, and sets every formula", async (_, width, height) => {
    const { page, problems } = await open("", width, height);
    await start(page);
    for (const { name, target, formulas } of LESSONS) {
      await page.waitForFunction((selector) => {
        const { left, right, top, bottom } = document.querySelector(selector)!.getBoundingClientRect();
        const panel = document.querySelector(".lesson")!.getBoundingClientRect();
        const apart = right <= panel.left || left >= panel.right || bottom <= panel.top || top >= panel.bottom;
        return apart && top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
      }, `[data-target="${target}"]`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(width);
      expect(await page.locator(".lesson .formula-display math").count(), name).toBe(formulas.length);
      for (const display of await page.locator(".lesson .formula-display").all())
        expect(await display.evaluate((node) => node.scrollWidth - node.clientWidth), `${name}'s formula`).toBe(0);
      await page.click(".lesson-next");
    }
    expect(await page.locator(".lesson").count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("goes by the keyboard: there, back, away, and the focus returns to where it was", async () => {
    const { page } = await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.focus("#start");
    await page.keyboard.press("Enter");
    const first = await heading(page);
    expect(await focused()).toBe(first);
    await page.keyboard.press("ArrowRight");
    expect(await heading(page)).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await heading(page)).toBe(first);
    await page.keyboard.press("Escape");
    expect(await page.locator(".lesson").count()).toBe(0);
    expect(await focused()).toBe("Start");
    expect(await page.evaluate(() => document.documentElement.dataset.lesson)).toBeUndefined();
    await page.close();
  });

  it("takes a prediction, offers what to do, and says whether it came true", async () => {
    const { page } = await open();
    await start(page);
    await page.keyboard.press("ArrowRight");
    const answers = page.locator(".lesson-answers button");
    expect(await answers.first().isDisabled()).toBe(true);
    await page.evaluate(() => rehearsal.evaluate(0, { value: -2.19 }));
    await answers.nth(0).click();
    expect(await answers.nth(0).getAttribute("aria-pressed")).toBe("true");
    expect(await answers.nth(1).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Train 200 iterations" }).click();
    expect(await page.locator(".lesson-verdict").count()).toBe(0);
    await page.evaluate(() => rehearsal.evaluate(200, { value: -0.157 }));
    const spoken = page.locator(".lesson [role=status]");
    await expect.poll(() => spoken.textContent()).toContain("did not come true. The result: “Up towards 0");
    expect(await spoken.textContent()).toContain("from -2.19 to -0.157");
    const isSeen = (part: Locator) =>
      part.evaluate((node) => {
        const [at, around] = [node, node.closest(".lesson-body")!].map((one) => one.getBoundingClientRect());
        return at!.top >= around!.top && at!.bottom <= around!.bottom;
      });
    expect(await isSeen(page.locator(".lesson-verdict"))).toBe(true);
    await page.getByRole("button", { name: "Start this lesson again" }).click();
    expect(await page.locator(".lesson-outcome").count()).toBe(0);

    await page.evaluate(() => rehearsal.evaluate(0, { value: -2.19 }));
    await answers.nth(0).click();
    await page.evaluate(() => rehearsal.change());
    await expect.poll(() => spoken.textContent()).toContain("No verdict");
    expect(await page.getByRole("button", { name: "Train 200 iterations" }).count()).toBe(0);
    await page.getByRole("button", { name: "Start this lesson again" }).click();
    expect(await page.locator(".lesson-outcome").count()).toBe(0);

    await page.evaluate(() => rehearsal.evaluate(0, { value: -2.19 }));
    await answers.nth(0).click();
    await page.evaluate(() => rehearsal.evaluate(200, { value: -1.3 }));
    await expect.poll(() => page.locator(".lesson-verdict").textContent()).toContain("came true.");
    expect(await page.locator(".lesson-doubt").textContent()).toContain("one run is no proof");
    await page.close();
  });

  it("changes its language in the middle of a lesson, formulas included", async () => {
    const { page, problems } = await open("?lang=zh&seed=3");
    await start(page);
    await page.keyboard.press("ArrowRight");
    expect(await heading(page)).toBe("极小极大博弈");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
    await page.locator(".lesson .formula-display math").waitFor({ state: "attached" });
    await page.evaluate(() => rehearsal.setLanguage("en"));
    await expect.poll(() => heading(page)).toBe("The minimax game");
    await page.locator(".lesson .formula-display math").waitFor({ state: "attached" });
    expect(await page.locator(".lesson .formula-display").first().getAttribute("aria-label")).toContain(
      "Minimum over G",
    );
    expect(new URL(page.url()).search).toBe("?lang=en&seed=3");
    await page.goto(site.origin);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("explains a term in a popover within the window, closed by Escape", async () => {
    const { page, problems } = await open("", 390, 400);
    await page.getByRole("button", { name: "λ", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "lambda (λ)" });
    await dialog.locator("math").first().waitFor({ state: "attached" });
    await expect
      .poll(() =>
        dialog.evaluate((node) => {
          const { left, right, top, bottom } = node.getBoundingClientRect();
          return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
        }),
      )
      .toBe(true);
    await page.keyboard.press("Escape");
    expect(await dialog.count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("has no serious fault that axe finds", async () => {
    const { page } = await open();
    await start(page);
    await page.keyboard.press("ArrowRight");
    await page.locator(".lesson .formula-display math").waitFor({ state: "attached" });
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.click(".explain");
    expect(await seriousFaults(page)).toEqual([]);
    await page.close();
  });
});
