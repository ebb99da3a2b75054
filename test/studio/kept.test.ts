import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { describeInChromium, openBrowser, type Site, serve } from "./browser.js";
import { type BuiltPage, buildStudio } from "./buildPage.js";

const TINY = "?generatorWidth=8&criticWidth=8&generatorDepth=1&criticDepth=1&batch=16&criticSteps=1";

describeInChromium("a run that is left", () => {
  let built: BuiltPage;
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildStudio(), openBrowser()]);
    site = await serve(built.folder);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await built?.remove();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: "en" });
  });
  afterEach(() => context.close());

  async function open(query: string, page?: Page): Promise<Page> {
    const shown = page ?? (await context.newPage());
    await shown.goto(`${site.origin}/${query}`);
    await shown.locator(".picture[aria-busy=false]").first().waitFor();
    return shown;
  }
  const iteration = async (page: Page) => Number((await page.locator(".clock b").textContent())!.replaceAll(",", ""));
  const status = (page: Page) => page.locator("[role=status]").first().textContent();
  /** Of the record; -1 where there is none. */
  const keptIteration = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open("keyval-store");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("keyval").objectStore("keyval").get("run 1");
            asked.onsuccess = () => resolve(asked.result?.standing.sides.left.iteration ?? -1);
          };
        }),
    );
  const putKept = (page: Page, record: unknown) =>
    page.evaluate(
      (record) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("keyval-store");
          opening.onsuccess = () => {
            const transaction = opening.result.transaction("keyval", "readwrite");
            transaction.objectStore("keyval").put(record, "run 1");
            transaction.oncomplete = () => resolve();
          };
        }),
      record,
    );
  /** The record without its networks. */
  const cutKept = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          const opening = indexedDB.open("keyval-store");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("keyval").objectStore("keyval").get("run 1");
            asked.onsuccess = () => {
              const cut = { iteration: 3, criticUpdates: 3, rng: [], state: {} };
              const { address, settings, standing } = asked.result;
              const { evaluations } = standing;
              resolve({ address, settings, own: null, standing: { sides: { left: cut, right: cut }, evaluations } });
            };
          };
        }),
    );
  /** The iteration at which a paused page comes to rest, once that is kept. */
  async function settled(page: Page): Promise<number> {
    let still = -1;
    const isStill = async () => {
      const last = still;
      still = await iteration(page);
      return still === last;
    };
    await expect.poll(isStill, { interval: 300, timeout: 20_000 }).toBe(true);
    await expect.poll(() => keptIteration(page), { timeout: 20_000 }).toBe(still);
    return still;
  }
  async function trained(page: Page): Promise<number> {
    await page.keyboard.press("Space");
    await expect.poll(() => iteration(page), { timeout: 20_000 }).toBeGreaterThan(20);
    await page.locator(".evidence .uplot").first().waitFor();
    await page.keyboard.press("Space");
    return settled(page);
  }

  it("goes on after a reload, with its charts, until it begins anew", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    await open(TINY, page);
    await expect.poll(() => iteration(page)).toBe(stood);
    expect(await status(page)).toBe(`The run goes on from iteration ${stood}, where this browser kept it.`);
    await page.locator(".evidence .uplot").first().waitFor();
    await page.keyboard.press("g");
    await expect.poll(() => iteration(page)).toBe(stood + 1);
    await settled(page);

    await open(TINY, page);
    await page.getByRole("button", { name: "Begin anew" }).click();
    await expect.poll(() => iteration(page)).toBe(0);
    await expect.poll(() => keptIteration(page), { timeout: 20_000 }).toBe(-1);
    await open(TINY, page);
    expect(await iteration(page)).toBe(0);
  });

  it("is not taken for the run of another link, and is there again at its own", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    await open(`${TINY}&seed=5`, page);
    expect(await iteration(page)).toBe(0);
    await open(`${TINY}&layers=real&lang=en`, page);
    await expect.poll(() => iteration(page)).toBe(stood);
  });

  it("is there again after a lesson that Back leaves", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    await page.keyboard.press("t");
    await expect.poll(() => new URL(page.url()).searchParams.get("lesson")).toBe("1");
    await expect.poll(() => iteration(page)).toBe(0);
    await page.goBack();
    await page.getByRole("button", { name: "Back to my settings" }).click();
    await expect.poll(() => iteration(page)).toBe(stood);
    await page.keyboard.press("t");
    await page.locator(".picture[aria-busy=false]").first().waitFor();
    await page.goBack();
    await open(TINY, page);
    await expect.poll(() => iteration(page)).toBe(stood);
  });

  it.each([
    ["half a record", { address: new URLSearchParams(TINY).toString() }],
    ["a record of nothing", "run"],
  ])("%s is dropped", async (_, record) => {
    const page = await open(TINY);
    await trained(page);
    await putKept(page, record);
    await open(TINY, page);
    expect(await iteration(page)).toBe(0);
  });

  it("a record that cannot be gone on from is dropped", async () => {
    const page = await open(TINY);
    await trained(page);
    await putKept(page, await cutKept(page));
    await open(TINY, page);
    expect(await iteration(page)).toBe(0);
    expect(await page.getByRole("alert").allTextContents()).toEqual([]);
    await expect.poll(() => keptIteration(page)).toBe(-1);
  });

  it("is trained and asked about where the browser refuses to keep it", async () => {
    let refusals = 0;
    await context.exposeFunction("refused", () => refusals++);
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        (window as unknown as { refused(): void }).refused();
        throw new DOMException("refused", "SecurityError");
      };
    });
    const page = await open(TINY);
    await page.keyboard.press("Space");
    await expect.poll(() => iteration(page), { timeout: 20_000 }).toBeGreaterThan(20);
    await page.keyboard.press("Space");
    // One when the page began, and one when it would have kept the run.
    await expect.poll(() => refusals, { timeout: 20_000 }).toBeGreaterThan(1);
    const asked = page.waitForEvent("dialog");
    const reloaded = page.reload();
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await reloaded;
  });

  it("comes back when a change that began it anew is undone", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    await page.locator(".panels button").first().click();
    await page
      .getByRole("radio", { name: "Moons" })
      .or(page.getByRole("button", { name: "Moons" }))
      .first()
      .click();
    await expect.poll(() => iteration(page)).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => iteration(page)).toBe(stood);
    expect(new URL(page.url()).searchParams.get("data")).toBe(null);
  });
});
