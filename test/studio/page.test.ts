import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSession } from "../../src/engine/runtime/node.js";
import { resultsText } from "../../src/report/index.js";
import { parseResults } from "../../src/runs/resultsSchema.js";
import { openNamedRuns } from "../../src/studioServer/namedRun.js";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { LESSONS } from "../../studio/src/lessons/lessons.js";
import { syntheticComparison } from "../report/synthetic.js";
import { seriousFaults } from "./axe.js";
import { describeInChromium, type OpenPage, openBrowser, openPage } from "./browser.js";
import { type BuiltPage, buildStudio } from "./buildPage.js";

/** Networks that are started and trained in next to no time. */
const TINY = "generatorWidth=8&generatorDepth=1&criticWidth=8&criticDepth=1&batch=16&criticSteps=1&device=wasm";

describeInChromium("the page", () => {
  let built: BuiltPage;
  let server: StudioServer;
  let browser: Browser;
  let tab: OpenPage;
  beforeAll(async () => {
    [built, browser] = await Promise.all([buildStudio(), openBrowser()]);
    server = await startStudioServer({ folder: built.folder });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await built.remove();
  });

  /** Opens the page in a tab that has been seen to begin without a fault. */
  async function open(query: string, options: Parameters<typeof openPage>[2] = {}, from = server): Promise<Page> {
    await tab?.page.close();
    const wide = { viewport: { width: 1280, height: 900 }, locale: "en-GB", reducedMotion: "reduce" } as const;
    tab = await openPage(browser, `${from.address}?${query}`, { ...wide, ...options });
    return tab.page;
  }
  /** Opens it, and waits until both runs can go. */
  async function begin(query: string, options: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const page = await open(query, options);
    await ready(page);
    return page;
  }
  const ready = (page: Page) => page.waitForSelector(".picture[aria-busy=false]");
  const iteration = (page: Page) => number(page, ".clock b");
  const status = (page: Page) => page.locator(".status [role=status]").textContent();
  const play = (page: Page) => page.keyboard.press("Space");
  const openPanel = (page: Page, name: "Data" | "Advanced" | "Save") =>
    page.locator(".panels button", { hasText: name }).click();
  const reaches = (page: Page, least: number) =>
    page.waitForFunction(
      (least) => Number(document.querySelector(".clock b")!.textContent!.replaceAll(",", "")) >= least,
      least,
    );
  async function fill(page: Page, label: string, value: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press("Enter");
  }
  const noProblems = () => expect(tab.problems).toEqual([]);

  it("trains by default, and the side with the W-loss captures more modes than the one with BCE", async () => {
    const page = await begin("");
    await play(page);
    await reaches(page, 150);
    const first = await iteration(page);
    const figures = await framesWhile(page, 3000);
    const perSecond = ((await iteration(page)) - first) / 3;
    console.log(
      `The default page on this machine: ${perSecond.toFixed(0)} iterations a second of both sides, ` +
        `${figures.screen.toFixed(0)} frames a second, longest pause ${figures.longest.toFixed(0)} ms.`,
    );
    // A mode may be lost and found again from one evaluation to the next: the mean over some tells.
    const means = await modesUntil(page, 500);
    expect(means.right).toBeGreaterThan(means.left + 2);
    expect(await status(page)).toBe("Training.");
    noProblems();
  }, 120_000);

  it("is restored by its link, and says what in a link cannot be", async () => {
    const page = await begin(`${TINY}&data=moons&left=hinge%2Bsn&seed=7&layers=real.slope&lambda=0.5`);
    const seen = () =>
      page.evaluate(() => ({
        left: Array.from(
          document.querySelectorAll<HTMLSelectElement>("[data-side=left] .pairing select"),
          ({ value }) => value,
        ),
        data: document.querySelector(".panels .chosen")!.textContent,
        pressed: Array.from(document.querySelectorAll(".layers [aria-pressed=true]"), (button) => button.textContent),
      }));
    const first = await seen();
    expect(first).toEqual({ left: ["hinge", "sn"], data: "Moons", pressed: ["Real", "Slope above 1"] });
    await openPanel(page, "Advanced");
    expect(await page.getByLabel("seed", { exact: true }).inputValue()).toBe("7");
    await page.getByRole("button", { name: "Fakes", exact: true }).click();
    const changed = await seen();
    await page.keyboard.press("[");
    const link = page.url();
    await open(new URL(link).search.slice(1));
    await ready(tab.page);
    expect(await tab.page.locator(".layers [aria-pressed=true]").count()).toBe(3);
    expect(await tab.page.locator(".speed output").textContent()).toBe("30/s");
    expect(tab.page.url()).toBe(link);
    expect(changed.pressed).toContain("Fakes");

    const bad = await begin(`${TINY}&data=gird&lamda=3`);
    expect(await status(bad)).toBe(
      "The link names “lamda”, which this page does not know. " +
        "The link gives values that cannot be, and the defaults are used: data “gird”.",
    );
    expect(new URL(bad.url()).search).not.toContain("gird");
    noProblems();
  });

  it("names a few things of a kind, however many in a link cannot be", async () => {
    const page = await begin(`${TINY}&data=gird&left=x&right=y&seed=-1&lambda=many&a=1&b=2&c=3&d=4&e=5`);
    expect(await status(page)).toBe(
      "The link names “a”, “b”, “c”, and 2 more, which this page does not know. The link gives values that cannot be, " +
        "and the defaults are used: data “gird”, left “x”, right “y”, and 2 more.",
    );
    noProblems();
  });

  it("says what it shows: what a GAN is and what differs, and over each picture its game, with the opponent called by its name", async () => {
    const page = await begin(TINY, { viewport: { width: 1440, height: 900 } });
    const lede = page.locator(".lede");
    expect(await lede.textContent()).toMatch(/a generator turns .+ and an opponent/);
    expect(await lede.textContent()).toContain("differ only in the loss and the condition on the opponent.");
    const games = page.locator(".game");
    expect(await games.nth(0).locator("li").allTextContents()).toEqual(["discriminator", "0 to 1"]);
    expect(await games.nth(1).locator("li").allTextContents()).toEqual(["critic", "any real number", "1-Lipschitz"]);
    for (const game of await games.all())
      expect(await game.locator("math annotation").textContent()).toContain("min_G");
    expect(await page.locator("[data-side=left]").innerText()).not.toMatch(/critic/i);
    // All of it, the charts too, is seen without scrolling.
    const bottoms = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll(".chart, .side"), (part) => part.getBoundingClientRect().bottom),
      );
    await expect.poll(async () => Math.max(...(await bottoms()))).toBeLessThanOrEqual(900);
    await page.getByRole("combobox", { name: "Right: Loss" }).selectOption("bce-ns");
    expect(await page.getByRole("button", { name: "Discriminator step" }).count()).toBe(1);
    await page.getByRole("combobox", { name: "Right: Condition" }).selectOption("none");
    expect(await lede.textContent()).toContain("differ only in the loss.");
    expect(await page.locator(".sides").innerText()).not.toMatch(/critic/i);
    noProblems();
  });

  it("reaches the first layer in few steps of Tab from its main part, and plays by the space bar after a tile was chosen", async () => {
    const page = await begin(TINY);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    let steps = 0;
    do {
      await page.keyboard.press("Tab");
      steps++;
    } while (!(await page.evaluate(() => document.activeElement!.matches(".layers [aria-pressed]"))));
    expect(steps).toBeLessThan(20);
    await openPanel(page, "Data");
    await page.getByRole("button", { name: "Moons" }).click();
    await ready(page);
    await page.keyboard.press("Space");
    await reaches(page, 2);
    noProblems();
  });

  it("tells the rate of its clock", async () => {
    const page = await begin(`${TINY}&speed=5`);
    await play(page);
    await reaches(page, 18);
    const [told] = (await page.locator(".rate [aria-hidden]").textContent())!.split("/");
    expect(Number(told)).toBeGreaterThan(1);
    expect(Number(told)).toBeLessThanOrEqual(5.1);
    noProblems();
  });

  it("goes back from view to view and not away", async () => {
    const page = await begin(TINY);
    const view = () => page.locator("nav [aria-current]").textContent();
    await page.getByRole("button", { name: "One dimension" }).click();
    await page.getByRole("button", { name: "Saved runs" }).click();
    expect(new URL(page.url()).searchParams.get("view")).toBe("runs");
    await page.goBack();
    await expect.poll(view).toBe("One dimension");
    await page.goBack();
    await expect.poll(view).toBe("Two runs");
    expect(new URL(page.url()).searchParams.get("view")).toBeNull();
    await page.goForward();
    await expect.poll(view).toBe("One dimension");
    noProblems();
  });

  it("reads a chart where the pointer rests, also as more evaluations come", async () => {
    const page = await begin(TINY);
    await play(page);
    await reaches(page, 200);
    const { x, y, width, height } = (await page.locator(".chart .u-over").first().boundingBox())!;
    await page.mouse.move(x + width / 8, y + height / 2);
    const legend = () => page.locator(".chart-legend").first().innerText();
    await reaches(page, (await iteration(page)) + 200);
    await play(page);
    const resting = await legend();
    await page.mouse.move(0, 0);
    await expect.poll(legend).not.toBe(resting);
    noProblems();
  });

  it("speaks the language that it is in, of what has happened before too", async () => {
    const page = await begin(TINY);
    await openPanel(page, "Save");
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect.poll(() => status(page)).toMatch(/link/);
    await page.getByRole("combobox", { name: "Language" }).selectOption("zh");
    expect(await status(page)).toMatch(/链接/);
    noProblems();
  });

  it.each([
    ["en", 820],
    ["zh", 390],
  ] as const)("clips no choice, and opens its settings in sight: %s, %i pixels wide", async (lang, width) => {
    const page = await begin(`${TINY}&lang=${lang}&right=w-sn`, { viewport: { width, height: 844 } });
    await page.mouse.wheel(0, 600);
    for (const panel of await page.locator(".panels button").all()) {
      await panel.click();
      const { x, y } = (await page.locator(".panel h2").boundingBox())!;
      expect(x >= 0 && y >= 0 && y < 200, "in sight").toBe(true);
      expect(await page.evaluate(clippedChoices)).toEqual([]);
      await page.keyboard.press("Escape");
    }
    noProblems();
  });

  it("does as forced colours and paper ask", async () => {
    const page = await begin(TINY, { forcedColors: "active" });
    const outline = (selector: string) =>
      page.evaluate((selector) => getComputedStyle(document.querySelector(selector)!).outlineStyle, selector);
    expect(await outline(".layers [aria-pressed=true]")).toBe("solid");
    expect(await outline(".layers [aria-pressed=false]")).toBe("none");
    await page.emulateMedia({ media: "print", forcedColors: "none" });
    expect(await page.locator(".bar").isVisible()).toBe(false);
    expect(await page.locator(".picture").first().isVisible()).toBe(true);
    noProblems();
  });

  it("draws something else with every toggle", async () => {
    const page = await begin(`${TINY}&data=grid&layers=`);
    await page.keyboard.press("g");
    await reaches(page, 1);
    const toggles = page.locator(".layers button[aria-pressed]");
    expect(await toggles.count()).toBe(8);
    // Contours need no surface below them, and no layer hides another that is drawn before it entirely.
    for (let i = 0; i < 8; i++) {
      const before = await picture(page);
      await toggles.nth(i).click();
      await expect.poll(() => picture(page), { message: (await toggles.nth(i).textContent())! }).not.toBe(before);
    }
    noProblems();
  });

  it("looks back on pictures, figures and charts together", async () => {
    const page = await begin(TINY);
    for (let k = 1; k <= 3; k++) {
      await page.keyboard.press("g");
      await reaches(page, k);
    }
    const [now, slider] = [await picture(page), page.getByRole("slider", { name: "Look back" })];
    await page.keyboard.press(",");
    await page.keyboard.press(",");
    expect([await iteration(page), await slider.getAttribute("aria-valuetext")]).toEqual([1, "Iteration 1 of 3"]);
    await expect.poll(() => picture(page)).not.toBe(now);
    // What is trained meanwhile is kept as well, though it is not shown.
    for (const newest of [4, 5]) {
      await page.keyboard.press("g");
      await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe(`Iteration 1 of ${newest}`);
    }
    expect(await iteration(page)).toBe(1);
    await page.getByRole("button", { name: "Now" }).click();
    await reaches(page, 5);
    noProblems();
  });

  it("goes by the keyboard alone", async () => {
    const page = await begin(TINY);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.className)).toBe("skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("main");

    await play(page);
    await reaches(page, 5);
    await play(page);
    await expect.poll(() => status(page)).toBe("Paused.");
    const paused = await stillIteration(page);
    await page.keyboard.press("ArrowRight");
    await reaches(page, paused + 1);
    expect(await page.locator("[role=img]").first().getAttribute("aria-label")).toMatch(
      /^Left: BCE, minimax\. iteration /,
    );

    await page.keyboard.press("[");
    expect(await page.locator(".speed output").textContent()).toBe("30/s");
    await page.keyboard.press("3");
    expect(await page.locator(".layers [aria-pressed]").nth(2).getAttribute("aria-pressed")).toBe("false");
    await page.keyboard.press("Shift+?");
    const help = page.getByRole("dialog", { name: "Keys and help" });
    await help.waitFor();
    await page.keyboard.press("r");
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    expect(await iteration(page)).toBe(paused + 1);
    await page.keyboard.press("r");
    await expect.poll(() => iteration(page)).toBe(0);
    await ready(page);
    noProblems();
  });

  it("takes live settings as it trains, begins anew for others and says so, and refuses what is out of range", async () => {
    const page = await begin(TINY);
    await play(page);
    await reaches(page, 20);
    await openPanel(page, "Advanced");
    await fill(page, "batch", "32");
    expect(await status(page)).toBe("Changed while it runs: batch.");
    expect(await iteration(page)).toBeGreaterThanOrEqual(20);
    await fill(page, "opponent width", "9");
    expect(await status(page)).toBe("Both runs began anew, since this changed: opponent width.");
    await reaches(page, 5);
    expect(new URL(page.url()).searchParams.get("criticWidth")).toBe("9");
    await fill(page, "opponent width", "4000");
    expect(await page.locator(".field [role=alert]").textContent()).toBe("Give a whole number from 1 to 512 neurons.");
    expect(new URL(page.url()).searchParams.get("criticWidth")).toBe("9");
    expect(await page.getByLabel("opponent width", { exact: true }).inputValue()).toBe("4000");
    await fill(page, "opponent width", "9");
    expect(await page.locator(".field [role=alert]").count()).toBe(0);
    noProblems();
  });

  it("zooms all charts of both sides together, by dragging and by button, and back", async () => {
    const page = await begin(TINY);
    await play(page);
    await reaches(page, 300);
    await play(page);
    const charts = page.locator(".chart .u-over");
    expect(await charts.count()).toBe(2);
    await page.getByRole("button", { name: "More charts" }).click();
    // A chart is drawn once its room has been measured.
    await expect.poll(() => charts.count()).toBe(6);
    const all = page.getByRole("button", { name: "Show all" });
    expect(await all.isDisabled()).toBe(true);
    await charts.nth(2).scrollIntoViewIfNeeded();
    const before = await drawnCharts(page);
    const { x, y, width, height } = (await charts.nth(2).boundingBox())!;
    await page.mouse.move(x + width / 3, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => (await drawnCharts(page)).filter((chart, i) => chart === before[i])).toEqual([]);
    await page.mouse.dblclick(x + width / 2, y + height / 2);
    await expect.poll(() => all.isDisabled()).toBe(true);
    await page.keyboard.press("+");
    expect(await all.isDisabled()).toBe(false);
    await all.click();
    await expect.poll(() => all.isDisabled()).toBe(true);
    expect(await page.locator(".charts caption").allTextContents()).toEqual(["Last values of BCE, W-GP"]);
    noProblems();
  });

  it("says that a side has diverged, goes on with the other, and begins both anew with a setting that is changed", async () => {
    const large = "generatorWidth=64&generatorDepth=8&criticWidth=64&criticDepth=8&generatorRate=0.001&criticRate=100";
    const page = await begin(`batch=16&criticSteps=1&device=wasm&left=w-clip&${large}`);
    await play(page);
    const ended = page.locator("[data-side=right] .ended");
    await ended.waitFor();
    expect(await ended.textContent()).toMatch(
      /^Ended at iteration \d+: the (gradient penalty|tensor [\w.]+) was no longer a finite number/,
    );
    const then = await iteration(page);
    await reaches(page, then + 5);
    await openPanel(page, "Advanced");
    await fill(page, "critic learning rate", "0.001");
    expect(await status(page)).toBe("Both runs began anew, since this changed: critic learning rate.");
    await ended.waitFor({ state: "detached" });
    await reaches(page, 5);
    expect(await ended.count()).toBe(0);
    noProblems();
  });

  it("opens with the runs that are named, and with two runs where its address says so", async () => {
    const folder = await mkdtemp(join(tmpdir(), "monge-named-"));
    const other = join(folder, "other.json");
    const results = resultsText(syntheticComparison().results);
    await Promise.all([writeFile(join(folder, "results.json"), results), writeFile(other, results)]);
    const named = await startStudioServer({ folder: built.folder, runs: await openNamedRuns([folder, other]) });
    const view = (page: Page) => page.locator("nav [aria-current]").textContent();
    const page = await open("lang=en", {}, named);
    await page.getByRole("table", { name: /Figures/ }).waitFor();
    expect(await view(page)).toBe("Saved runs");
    await dropFile(page, "photo.png", "no table");
    expect(await status(page)).toMatch(/^photo\.png/);
    await page.getByRole("button", { name: /other/ }).click();
    await page.reload();
    await page.getByRole("heading", { name: /other/ }).waitFor();
    await page.getByRole("button", { name: "Two runs" }).click();
    await ready(page);
    await page.reload();
    await ready(page);
    expect(await view(page)).toBe("Two runs");
    await open(TINY, {}, named);
    await ready(tab.page);
    expect(await view(tab.page)).toBe("Two runs");
    noProblems();
    await tab.page.close();
    await named.close();
    await rm(folder, { recursive: true });
  });

  it("goes through its lessons, and then goes back to how it was set", async () => {
    const page = await begin(TINY);
    const before = page.url();
    await page.getByRole("button", { name: "Lessons" }).click();
    for (const { name, target } of LESSONS) {
      await page.waitForSelector(`[data-target="${target}"]`);
      expect(await page.locator(`[data-target="${target}"]`).count(), name).toBe(1);
      await page.locator(".lesson-next").click();
    }
    expect(await page.locator(".lesson").count()).toBe(0);
    await expect.poll(() => page.url()).toBe(before);
    noProblems();
  });

  describe("points of the reader's own", () => {
    const csv = (rows: readonly string[]) => rows.join("\n");

    it("come out of a CSV that is dropped, two columns of it, and into the link", async () => {
      const page = await begin(TINY);
      const rows = Array.from({ length: 30 }, (_, i) => `${i},row ${i},${i * i},${Math.sin(i).toFixed(2)}`);
      await dropFile(page, "own.csv", csv(["n,name,square,sine", ...rows]));
      const dialog = page.getByRole("dialog", { name: "Points from a file" });
      await expect
        .poll(() => dialog.getByLabel("First coordinate").locator("option").allTextContents())
        .toEqual(["n", "square", "sine"]);
      await dialog.getByLabel("Second coordinate").selectOption("sine");
      await dialog.getByRole("button", { name: "Learn these" }).click();
      await ready(page);
      expect(await status(page)).toBe("Both runs began anew, since this changed: data.");
      await page.keyboard.press("g");
      await reaches(page, 1);
      const { searchParams } = new URL(page.url());
      expect(searchParams.get("data")).toBe("file");
      expect(searchParams.get("points")!.split("_").slice(0, 4)).toEqual(["0", "0", "1", "0.84"]);
      noProblems();
    });

    it.each([
      [
        "bad.csv",
        "x,y\n1,2\n3,4,5",
        "bad.csv, line 3: the row has 3 cells where the first has 2; make all rows as long.",
      ],
      ["text.csv", "x,y\n1,b\n2,c", "text.csv has fewer than two columns of numbers: in line 2, “y” holds “b”."],
      ["empty.csv", "", "empty.csv has no rows of numbers."],
      ["quote.csv", 'x,y\n1,"2\n3,4', "quote.csv is not valid CSV: line 2 cannot be read."],
    ])("are refused with a sentence where the file is bad: %s", async (name, content, sentence) => {
      const page = tab.page;
      await dropFile(page, name, content);
      const problem = page.locator("dialog .problem");
      await problem.waitFor();
      expect(await problem.textContent()).toBe(sentence);
      await page.keyboard.press("Escape");
      await problem.waitFor({ state: "detached" });
    });

    it("are drawn by mouse and by keys", async () => {
      const page = await begin(TINY);
      await openPanel(page, "Data");
      await page.getByRole("button", { name: "Draw" }).click();
      const board = page.locator(".board button");
      const use = page.getByRole("button", { name: "Learn these" });
      expect(await use.isDisabled()).toBe(true);
      const box = (await board.boundingBox())!;
      await page.mouse.move(box.x + 40, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + 300, box.y + 300, { steps: 10 });
      await page.mouse.up();
      await board.focus();
      for (const key of ["ArrowLeft", "ArrowUp", "Space", "Enter"]) await page.keyboard.press(key);
      expect(await page.locator("dialog [role=status]").textContent()).toMatch(/^39 points/);
      await use.click();
      await ready(page);
      expect(new URL(page.url()).searchParams.get("points")!.split("_")).toHaveLength(78);
      await page.keyboard.press("g");
      await reaches(page, 1);
      noProblems();
    });
  });

  it("saves the generator, which Node can run; both runs, which the command line can read; and pictures", async () => {
    const page = await begin(TINY);
    await page.keyboard.press("g");
    await reaches(page, 1);
    await page.waitForFunction(() => document.querySelector(".hero b")!.textContent !== "–");
    await openPanel(page, "Save");
    const saved = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return { name: download.suggestedFilename(), bytes: await readFile((await download.path())!) };
    };
    const generator = await saved("Generator (.onnx), Right");
    expect(generator.name).toBe("ring-w-gp-seed-0.onnx");
    const session = await createSession(generator.bytes, {});
    const { samples } = await session.run({ latent: { shape: [3, 2], data: Float32Array.of(0, 0, 1, -1, 2, 2) } });
    await session.release();
    expect(samples!.data).toHaveLength(6);
    expect(samples!.data.every(Number.isFinite)).toBe(true);

    const parsed = parseResults(JSON.parse((await saved("Both runs (.json)")).bytes.toString()));
    if (!("results" in parsed)) throw new Error(parsed.problem);
    const { results } = parsed;
    expect(results).toMatchObject({ data: "ring", link: page.url() });
    expect(results.runs.map(({ loss, figures }) => [loss, figures.modesTotal])).toEqual([
      ["bce", 8],
      ["w-gp", 8],
    ]);
    expect((await saved("Picture (.png), Left")).bytes.subarray(1, 4).toString()).toBe("PNG");
    expect((await saved("Picture (.svg), Left")).bytes.toString()).toMatch(/^<svg [\s\S]*Left: BCE, minimax/);
    const film = await saved("Film of the runs");
    expect(film.name).toBe("ring-seed-0.webm");
    // The first bytes of Matroska, which WebM is.
    expect(film.bytes.subarray(0, 4).toString("hex")).toBe("1a45dfa3");
    noProblems();
  });

  it.each([
    ["light", "en", 1280, "none"],
    ["dark", "zh", 1280, "none"],
    ["dark", "en", 390, "none"],
    ["light", "zh", 390, "none"],
    ["dark", "en", 820, "active"],
  ] as const)(
    "has no serious fault that axe finds: %s, %s, %i pixels wide, forced colours %s",
    async (colorScheme, lang, width, forcedColors) => {
      const page = await begin(`${TINY}&lang=${lang}&left=w-none`, {
        ...{ colorScheme, forcedColors },
        viewport: { width, height: 844 },
      });
      await page.keyboard.press("g");
      await reaches(page, 1);
      expect(await seriousFaults(page)).toEqual([]);
      for (const panel of await page.locator(".panels button").all()) {
        await panel.click();
        expect(await seriousFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.keyboard.press("Escape");
      }
      await page.keyboard.press("Shift+?");
      await page.locator("dialog").waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator(".head nav button").nth(1).click();
      await page.locator(".line-picture").waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      noProblems();
    },
  );

  /** The iteration at which a paused page comes to rest. */
  async function stillIteration(page: Page): Promise<number> {
    for (let last = -1; ; ) {
      const now = await iteration(page);
      if (now === last) return now;
      last = now;
      await page.waitForTimeout(200);
    }
  }

  /** How often the page draws while it trains, and the longest that it does not. */
  function framesWhile(page: Page, ms: number): Promise<{ screen: number; longest: number }> {
    return page.evaluate(
      (ms) =>
        new Promise((resolve) => {
          const times: number[] = [];
          requestAnimationFrame(function tick(now) {
            times.push(now);
            if (now - times[0]! < ms) requestAnimationFrame(tick);
            else {
              const gaps = times.slice(1).map((time, i) => time - times[i]!);
              resolve({ screen: (1000 * gaps.length) / (now - times[0]!), longest: Math.max(...gaps) });
            }
          });
        }),
      ms,
    );
  }

  /** The mean of the modes that each side has captured, as its figures show them until an iteration, and for some seconds. */
  async function modesUntil(page: Page, last: number): Promise<{ left: number; right: number }> {
    const seen: (readonly [number, number])[] = [];
    while (seen.length < 40 || (await iteration(page)) < last) {
      const [left, right] = await page.locator(".hero b").allTextContents();
      seen.push([Number.parseInt(left!, 10), Number.parseInt(right!, 10)]);
      await page.waitForTimeout(100);
    }
    const mean = (side: 0 | 1) => seen.reduce((sum, modes) => sum + modes[side], 0) / seen.length;
    return { left: mean(0), right: mean(1) };
  }
});

async function number(page: Page, selector: string): Promise<number> {
  return Number((await page.locator(selector).textContent())!.replaceAll(",", ""));
}

/** What each chart looks like. */
function drawnCharts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLCanvasElement>(".chart canvas"), (canvas) => canvas.toDataURL()),
  );
}

/** What the left picture looks like. */
function picture(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>(".scene canvas")!.toDataURL());
}

/** Drops a file on the page. */
async function dropFile(page: Page, name: string, content: string): Promise<void> {
  await page.evaluate(
    ({ name, content }) => {
      const data = new DataTransfer();
      data.items.add(new File([content], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { name, content },
  );
}

/** The selects whose chosen words are wider than their room; their arrow takes some of it. */
function clippedChoices(): string[] {
  const ARROW = 16;
  const pen = document.createElement("canvas").getContext("2d")!;
  return Array.from(document.querySelectorAll("select")).flatMap((select) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    pen.font = font;
    const words = select.selectedOptions[0]!.text;
    const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - ARROW;
    return pen.measureText(words).width > room ? [`${words}: ${room}`] : [];
  });
}
