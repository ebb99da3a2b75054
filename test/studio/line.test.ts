import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "1.5 × 10⁻¹⁰" as 1.5e-10. */
function read(text: string): number {
  const [digits, power] = text.replace(/\s/g, "").split("×10");
  const exponent = (power ?? "").replace("⁻", "-").replace(/[⁰-⁹¹²³]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
  return Number(digits!.replace("−", "-")) * 10 ** Number(exponent);
}

/** The feedback of discriminator and critic, as the page shows it. */
async function feedback(page: Page): Promise<[number, number]> {
  const [discriminator, critic] = await page.locator(".line-value").allTextContents();
  return [read(discriminator!), read(critic!)];
}

async function updates(page: Page): Promise<number> {
  return Number((await page.locator(".line-updates").textContent())!.replace(/\D/g, ""));
}

/** Waits for so many further updates of both networks. */
async function train(page: Page, count: number): Promise<void> {
  const goal = (await updates(page)) + count;
  await expect.poll(() => updates(page), { timeout: 50_000, interval: 50 }).toBeGreaterThan(goal);
}

describeInChromium("the one-dimensional mode", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildPage("linePage");
    [site, browser] = await Promise.all([serve(built.folder), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });
  const open = (): Promise<OpenPage> => openPage(browser, site.origin, { locale: "en-GB" });

  it("shows the vanishing gradient when the fakes are moved away with the keyboard, and stands still when paused", async () => {
    const { page, problems } = await open();
    // It opens with the two apart.
    await page.getByRole("slider", { name: "Distance of the means" }).fill("1.2");
    await train(page, 100);
    const [discriminatorNear, criticNear] = await feedback(page);
    expect(discriminatorNear).toBeGreaterThan(0.1);
    expect(criticNear).toBeGreaterThan(0.3);

    const fakes = page.getByRole("slider", { name: "Mean of the fakes" });
    await fakes.focus();
    await page.keyboard.press("Home");
    expect(await fakes.inputValue()).toBe("-4");
    await page.keyboard.press("ArrowRight");
    expect(await fakes.inputValue()).toBe("-3.9");
    await page.getByRole("slider", { name: "Mean of the reals" }).press("End");
    const discriminator = async () => (await feedback(page))[0];
    await expect.poll(discriminator, { timeout: 40_000, interval: 50 }).toBeLessThan(1e-5 * discriminatorNear);
    const [discriminatorFar, criticFar] = await feedback(page);
    expect(Math.abs(criticFar - 1)).toBeLessThan(0.3);
    expect(await fakes.getAttribute("aria-valuetext")).toContain("-3.9; generator feedback: discriminator");
    const bars = await page.locator(".line-bar > div").evaluateAll((all) => all.map((bar) => bar.clientWidth));
    expect(bars[0]).toBe(0);
    expect(bars[2]).toBeGreaterThan(50);

    await page.getByRole("button", { name: "Pause" }).click();
    await page.waitForTimeout(150);
    const paused = await updates(page);
    await page.waitForTimeout(150);
    expect(await updates(page)).toBe(paused);
    // What is told to fakes elsewhere is shown without training.
    await fakes.press("End");
    await expect.poll(discriminator, { interval: 20 }).not.toBe(discriminatorFar);
    expect(await updates(page)).toBe(paused);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("follows the pointer, and leaves no serious fault for axe", async () => {
    const { page, problems } = await open();
    await page.waitForSelector(".line-picture");
    const reals = page.getByRole("slider", { name: "Mean of the reals" });
    const box = (await page.locator(".line-picture").boundingBox())!;
    const pixelsOfOne = (box.width - 64) / 10;
    const [x, y] = [box.x + 30 + 7 * pixelsOfOne, box.y + box.height - 60];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 1.5 * pixelsOfOne, y, { steps: 4 });
    await page.mouse.up();
    expect(Math.abs(Number(await reals.inputValue()) - 3.5)).toBeLessThan(0.15);
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
      };
      const { violations } = await axe.run();
      return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id);
    });
    expect(faults).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
