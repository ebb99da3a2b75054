import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bytesOf, colorsOf, type Theme } from "../../studio/src/scene/colors.js";
import { SCENE_LAYERS, type SceneLayer } from "../../studio/src/scene/layers.js";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";

declare global {
  /** Shows a side whose only fake lies at (x, 0), and resolves once it has been drawn. */
  function show(x: number | null, layers: readonly SceneLayer[]): Promise<void>;
  /** The colour of the canvas at a sample. */
  function colorAt(x: number, y: number): string;
  function kept(x: number, layers: readonly SceneLayer[]): Promise<{ svg: string; png: number[] }>;
}

/** Of the side that the page shows; fakes are translucent over paper. */
const LOOK = { color: "#0b76c5", mark: "square" } as const;

describeInChromium("the picture of a side", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    built = await buildPage("scenePage");
    [site, browser] = await Promise.all([serve(built.folder), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });
  const open = (options = {}): Promise<OpenPage> => openPage(browser, site.origin, { locale: "en-GB", ...options });
  const colorAt = (page: Page, x: number) => page.evaluate((x) => globalThis.colorAt(x, 0), x);
  /** How far the colour at a sample is from that of a fake; a translucent one is kept to a rounding. */
  const offFake = async (page: Page, x: number, theme: Theme) => {
    const [found, fake] = [await colorAt(page, x), colorsOf(theme, LOOK).fake].map(bytesOf);
    return Math.max(...found!.map((byte, channel) => Math.abs(byte - fake![channel]!)));
  };
  const show = (page: Page, x: number | null, layers: readonly SceneLayer[]) =>
    page.evaluate(([x, layers]) => globalThis.show(x, layers), [x, layers] as const);

  it("has a pixel for each of a fine screen's, the page's theme, and fakes that jump where motion is not wanted", async () => {
    const { page, problems } = await open({ deviceScaleFactor: 2, colorScheme: "dark", reducedMotion: "reduce" });
    await show(page, -0.5, ["fakes"]);
    expect(await page.evaluate(() => document.querySelector("canvas")!.width)).toBe(800);
    expect(await offFake(page, -0.5, "dark")).toBeLessThan(4);
    await show(page, 0.5, ["fakes"]);
    expect(await offFake(page, 0.5, "dark")).toBeLessThan(4);
    expect(await colorAt(page, -0.5)).toBe("#000000");
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "light";
    });
    await expect.poll(() => offFake(page, 0.5, "light"), { interval: 10 }).toBeLessThan(4);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("lets fakes move to where they are next", async () => {
    const { page } = await open();
    await show(page, -0.5, ["fakes"]);
    await page.waitForTimeout(300);
    const atOnce = await page.evaluate(async () => {
      await globalThis.show(0.5, ["fakes"]);
      return globalThis.colorAt(0.5, 0);
    });
    expect(atOnce).toBe("#000000");
    await expect.poll(() => offFake(page, 0.5, "light"), { interval: 10 }).toBeLessThan(4);
    await page.close();
  });

  it("reads off values at the pointer, and with the arrow keys at a cross, which is said", async () => {
    const { page, problems } = await open();
    await show(page, 0, ["surface", "slope"]);
    const { x, y } = (await page.locator("canvas").boundingBox())!;
    await page.mouse.move(x + 300, y + 200);
    const values = page.locator(".scene-values");
    expect(await values.innerText()).toMatch(/^c\(x\) = 0\.50?\d?\nslope 2\.24\nat 0\.5, 0/);
    await page.mouse.move(0, 0);
    await values.waitFor({ state: "detached" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => page.locator("output.spoken").textContent()).toContain("c(x) = 0.133, slope 2.24");
    await page.keyboard.press("Escape");
    await values.waitFor({ state: "detached" });
    expect(await page.getByRole("img").getAttribute("aria-label")).toBe(
      "Left: W-GP. iteration 7; the critic's score runs from -3 to 3",
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is kept as a PNG and as an SVG of the same content", async () => {
    const { page, problems } = await open();
    const { svg, png } = await page.evaluate((layers) => globalThis.kept(0.5, layers), [...SCENE_LAYERS]);
    const { data, info } = await sharp(Buffer.from(png)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const drawn = await sharp(Buffer.from(svg), { density: 144 })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([drawn.info.width, drawn.info.height]).toEqual([info.width, info.height]);
    // Different renderers: type and the edges of lines differ, surfaces and points do not.
    const differing = data.reduce((sum, value, i) => sum + Number(Math.abs(value - drawn.data[i]!) > 40), 0);
    expect(differing / data.length).toBeLessThan(0.03);
    expect(new Set(data).size).toBeGreaterThan(50);
    expect(problems).toEqual([]);
    await page.close();
  });
});
