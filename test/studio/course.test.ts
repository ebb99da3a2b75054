import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { seriousFaults } from "./axe.js";
import { describeInChromium, type OpenPage, openBrowser, openPage } from "./browser.js";
import { type BuiltPage, buildStudio } from "./buildPage.js";

describeInChromium("the course on the page", () => {
  let built: BuiltPage;
  let server: StudioServer;
  let browser: Browser;
  let tab: OpenPage | undefined;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildStudio(), openBrowser()]);
    server = await startStudioServer({ folder: built.folder });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await built.remove();
  });

  async function open(query: string): Promise<Page> {
    await tab?.page.close();
    const options = { viewport: { width: 1280, height: 900 }, locale: "en-GB", reducedMotion: "reduce" } as const;
    tab = await openPage(browser, `${server.address}?${query}`, options);
    return tab.page;
  }
  const heading = (page: Page) => page.locator(".lesson h2").textContent();
  const lessonOf = (page: Page) => new URL(page.url()).searchParams.get("lesson");
  const presented = (page: Page) => page.evaluate(() => document.documentElement.dataset.presenting ?? null);

  it("opens at the lesson of a link, whose settings win, goes on, back and through the history, and offers the reader's own", async () => {
    const page = await open("lesson=5&seed=3&left=hinge");
    expect(await heading(page)).toBe("The Earth mover's distance");
    expect(await page.locator("[data-side=left] .pairing select").first().inputValue()).toBe("bce");
    expect(new URL(page.url()).search).toBe("?lesson=5");
    await page.getByRole("button", { name: "Next", exact: true }).click();
    expect(lessonOf(page)).toBe("6");
    await page.goBack();
    await expect.poll(() => heading(page)).toBe("The Earth mover's distance");
    await page.keyboard.press("Escape");
    await expect.poll(() => lessonOf(page)).toBeNull();
    await page.getByRole("button", { name: "Back to my settings" }).click();
    await expect.poll(() => new URL(page.url()).search).toBe("?left=hinge&seed=3");
    expect(tab!.problems).toEqual([]);
  });

  it("takes a prediction, acts, and tells by the page's own figures whether it came true, but not after a reset", async () => {
    const page = await open("lesson=1");
    const answer = page.getByRole("button", { name: "It falls towards 0" });
    await answer.click({ timeout: 20_000 });
    await page.getByRole("button", { name: "100 steps of the opponents alone" }).click();
    await page.locator(".lesson-verdict[data-true=true]").waitFor({ timeout: 20_000 });
    const [before, after] = [
      ...(await page.locator(".lesson-outcome").textContent())!.matchAll(/(?:from|to) (\d+\.\d+)/g),
    ].map(([, number]) => Number(number));
    expect(after).toBeLessThan(before!);
    expect(await page.locator(".clock b").textContent()).toBe("0");
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByRole("button", { name: "Start this lesson again" }).click();
    await answer.click({ timeout: 20_000 });
    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByText("No verdict").first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(tab!.problems).toEqual([]);
  });

  it("begins mode collapse with a state that has collapsed", async () => {
    const page = await open("lesson=4");
    const begins = page.locator(".lesson-begins");
    await begins.waitFor({ timeout: 20_000 });
    expect(await page.locator(".clock b").textContent()).toBe("1,200");
    const [, left, total, right] = /(\d) of (\d) modes .* on the right (\d) of/.exec((await begins.textContent())!)!;
    expect(Number(left)).toBeLessThanOrEqual(Number(total) / 2);
    expect(right).toBe(total);
    expect(tab!.problems).toEqual([]);
  });

  it("is presented by keys: one picture, the other, both, the next lesson, and away with the mode before the lesson", async () => {
    const page = await open("lesson=1");
    await page.keyboard.press("p");
    expect(await presented(page)).toBe("left");
    expect(await page.locator(".head").isVisible()).toBe(false);
    expect(await page.locator("[data-side=right] canvas").isVisible()).toBe(false);
    const seen: (string | null)[] = [];
    for (let k = 0; k < 3; k++) {
      await page.keyboard.press("v");
      seen.push(await presented(page));
    }
    expect(seen).toEqual(["right", "both", "left"]);
    await page.keyboard.press("PageDown");
    expect(await heading(page)).toBe("The minimax game");
    expect(new URL(page.url()).search).toBe("?lesson=2&present=left");
    // The side that is not seen is drawn all the same: frames go on.
    await page.locator(".lesson-answers button").first().click({ timeout: 20_000 });
    await page.getByRole("button", { name: "Train 200 iterations" }).click();
    await expect.poll(() => page.locator(".presenter .clock b").textContent()).not.toMatch(/^\d$/);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await presented(page)).toBeNull();
    expect(await heading(page)).toBe("The minimax game");
    await page.keyboard.press("Escape");
    expect(await page.locator(".lesson").count()).toBe(0);
    expect(tab!.problems).toEqual([]);
  });

  it("can be a frame of a site that was named, and of no other, and says that it has one thread there", async () => {
    let address = "";
    const host = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(
        `<!doctype html><title>A lecture</title><iframe src="${address}" width="800" height="700"></iframe>`,
      );
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    const origin = `http://localhost:${(host.address() as AddressInfo).port}`;
    const named = await startStudioServer({ folder: built.folder, embedIn: [origin] });
    const page = await browser.newPage({ locale: "en-GB" });
    address = `${server.address}?embed&lesson=2`;
    await page.goto(origin);
    await page.waitForTimeout(300);
    expect(await page.frames()[1]!.locator(".lesson").count()).toBe(0);
    address = `${named.address}?embed&lesson=2`;
    await page.goto(origin);
    const frame = page.frameLocator("iframe");
    await frame.locator(".lesson h2").waitFor({ timeout: 20_000 });
    expect(await frame.locator(".head").isVisible()).toBe(false);
    expect(await frame.locator(".embed-link").textContent()).toContain("one thread");
    expect(await frame.getByRole("link", { name: "Open in Monge" }).getAttribute("href")).toBe("/?lesson=2");
    await frame.locator(".lesson-answers button:enabled").first().waitFor({ timeout: 20_000 });
    await page.close();
    await named.close();
    host.close();
  });
});
