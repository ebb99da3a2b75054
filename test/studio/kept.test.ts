import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { runPart } from "../../studio/src/settings/url.js";
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
  const database = (page: Page) =>
    page.evaluateHandle(
      () =>
        new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open("keyval-store");
          opening.onsuccess = () => resolve(opening.result);
        }),
    );
  const nameOf = (query: string) => `run 2 ${runPart(query)}`;
  const recordOf = async (page: Page, query = TINY) =>
    (await database(page)).evaluateHandle(
      (database, name) =>
        // biome-ignore lint/suspicious/noExplicitAny: a record as the browser has it
        new Promise<any>((resolve) => {
          const asked = database.transaction("keyval").objectStore("keyval").get(name);
          asked.onsuccess = () => resolve(asked.result);
        }),
      nameOf(query),
    );
  const putRecord = async (page: Page, record: unknown) =>
    (await database(page)).evaluate(
      (database, { record, name }) =>
        new Promise<void>((resolve) => {
          const transaction = database.transaction("keyval", "readwrite");
          transaction.objectStore("keyval").put(record, name);
          transaction.oncomplete = () => resolve();
        }),
      { record, name: nameOf(TINY) },
    );
  /** -1 where there is none. */
  const keptIteration = async (page: Page, query = TINY) =>
    (await recordOf(page, query)).evaluate((record) => record?.standing.sides.left.iteration ?? -1);
  /** The record without its networks. */
  const cutRecord = async (page: Page) =>
    (await recordOf(page)).evaluate(({ address, settings, standing: { evaluations } }) => {
      const cut = { iteration: 3, criticUpdates: 3, rng: [], state: {} };
      return { address, settings, own: null, standing: { sides: { left: cut, right: cut }, evaluations } };
    });
  /** The iteration at which a paused page comes to rest, once that is kept. */
  async function settled(page: Page, query = TINY): Promise<number> {
    let still = -1;
    const isStill = async () => {
      const last = still;
      still = await iteration(page);
      return still === last;
    };
    await expect.poll(isStill, { interval: 300 }).toBe(true);
    await expect.poll(() => keptIteration(page, query)).toBe(still);
    return still;
  }
  async function trained(page: Page, query = TINY): Promise<number> {
    await page.keyboard.press("Space");
    await expect.poll(() => iteration(page)).toBeGreaterThan(20);
    await page.locator(".evidence .uplot").first().waitFor();
    await page.keyboard.press("Space");
    return settled(page, query);
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
    await expect.poll(() => keptIteration(page)).toBe(-1);
    await open(TINY, page);
    expect(await iteration(page)).toBe(0);
  });

  it("is not taken for the run of another link, which is kept beside it", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    const other = `${TINY}&seed=5`;
    await open(other, page);
    expect(await iteration(page)).toBe(0);
    const another = await trained(page, other);
    await open(`${TINY}&layers=real&lang=en`, page);
    await expect.poll(() => iteration(page)).toBe(stood);
    await open(other, page);
    await expect.poll(() => iteration(page)).toBe(another);
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

  it("is dropped where its record is damaged, or cannot be gone on from", async () => {
    const page = await open(TINY);
    await trained(page);
    const cut = await cutRecord(page);
    for (const record of [{ address: runPart(TINY) }, "run", cut]) {
      await putRecord(page, record);
      await open(TINY, page);
      expect(await iteration(page)).toBe(0);
      expect(await page.getByRole("alert").allTextContents()).toEqual([]);
    }
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
    await expect.poll(() => iteration(page)).toBeGreaterThan(20);
    await page.keyboard.press("Space");
    // One when the page began, and one when it would have kept the run.
    await expect.poll(() => refusals).toBeGreaterThan(1);
    const asked = page.waitForEvent("dialog");
    const reloaded = page.reload();
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await reloaded;
  });

  it("opens where the browser never answers", async () => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
    });
    expect(await iteration(await open(TINY))).toBe(0);
  });

  it("comes back, however many changes are undone, and goes when they are made again", async () => {
    const page = await open(TINY);
    const stood = await trained(page);
    const data = () => new URL(page.url()).searchParams.get("data");
    await page.locator(".panels button").first().click();
    for (const name of ["Moons", "Ring"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await expect.poll(() => iteration(page)).toBe(0);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await expect.poll(() => status(page)).toBe("Both runs began anew.");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Control+z");
    await expect.poll(() => iteration(page)).toBe(stood);
    expect(data()).toBe(null);
    expect(await status(page)).toBe("Taken back: data.");
    await page.getByRole("button", { name: "Redo" }).click();
    await expect.poll(data).toBe("moons");
    await expect.poll(() => iteration(page)).toBe(0);
    await page.keyboard.press("Control+z");
    await expect.poll(() => iteration(page)).toBe(stood);
  });

  it("goes on when a change is undone while it trains", async () => {
    const page = await open(TINY);
    await page.keyboard.press("Space");
    await expect.poll(() => iteration(page)).toBeGreaterThan(20);
    await page.keyboard.press("r");
    await expect.poll(() => iteration(page)).toBe(0);
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+z");
    await expect.poll(() => iteration(page)).toBeGreaterThan(40);
  });
});
