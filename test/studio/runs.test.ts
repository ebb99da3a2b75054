import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Evaluation } from "../../src/metrics/metric.js";
import { resultsText } from "../../src/report/index.js";
import type { RunSettings } from "../../src/runs/config.js";
import { newRun } from "../../src/runs/run.js";
import { resultsOf, runResult } from "../../src/runs/runResult.js";
import { trainRun } from "../../src/runs/trainRun.js";
import { openNamedRuns } from "../../src/studioServer/namedRun.js";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { en } from "../../studio/src/language/en.js";
import { seriousFaults } from "./axe.js";
import { describeInChromium, openBrowser, openPage, serve } from "./browser.js";
import { type BuiltPage, buildPage } from "./buildPage.js";

const EMPTY_LIST = fileURLToPath(new URL("../../studio/public/api/runs.json", import.meta.url));
const tiny: RunSettings = {
  data: "ring",
  loss: "w-gp",
  width: 8,
  depth: 1,
  batch: 16,
  iterations: 1200,
  evaluateEvery: 400,
};

describeInChromium("the page's view of runs", () => {
  let folder: string;
  let built: BuiltPage;
  let browser: Browser;
  let server: StudioServer;
  let training: ReturnType<typeof trainRun>;
  const at = (...names: string[]) => join(folder, ...names);

  /** Trains until an event of a type has happened. */
  async function trainUntil(type: string): Promise<void> {
    for (;;) {
      const { value, done } = await training.next();
      if (done || value.type === type) return;
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-runs-page-"));
    [built, browser] = await Promise.all([buildPage("runsPage"), openBrowser()]);
    training = trainRun(await newRun(tiny, at("live")));
    await trainUntil("evaluation");
    const history = JSON.parse(await readFile(at("live/history.json"), "utf8")) as Evaluation[];
    const runs = ["bce", "w-gp"].flatMap((loss) =>
      [0, 1].map((seed) => runResult({ loss, seed, iterations: 0, seconds: 1, stopped: null }, history)),
    );
    await mkdir(at("compared"));
    await writeFile(at("compared/results.json"), resultsText(resultsOf("ring", runs)));
    server = await startStudioServer({
      folder: built.folder,
      runs: await openNamedRuns([at("live"), at("compared")]),
    });
  });

  afterAll(async () => {
    await training?.return();
    await Promise.all([server?.close(), browser?.close(), built?.remove()]);
    await rm(folder, { recursive: true, force: true });
  });

  it("follows one that is still training, under the server's policy, until it is finished", async () => {
    const { page, problems } = await openPage(browser, server.address);
    await page.getByText("iteration 0 of 1,200").waitFor();
    expect(await page.getByRole("status").textContent()).toBe("training");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.locator(".uplot canvas").first().waitFor();
    expect(await page.locator(".chart").count()).toBe(6);
    await trainUntil("evaluation");
    await page.getByText("iteration 400 of 1,200").waitFor();
    await trainUntil("end");
    await page.getByRole("status").filter({ hasText: en.runs.states.finished }).waitFor();
    await page.getByText("iteration 1,200 of 1,200").waitFor();
    expect(await page.getByRole("row", { name: /W-GP/ }).textContent()).toMatch(/1,200/);
    await page.getByText("Settings", { exact: true }).click();
    expect(await page.getByText("Lambda").locator("..").textContent()).toBe("Lambda0.3");
    expect(problems).toEqual([]);
    await page.close();
  });

  it("shows a comparison, its runs together and one by one, without serious faults for axe, in the dark and narrow too", async () => {
    const { page, problems } = await openPage(browser, server.address, {
      colorScheme: "dark",
      viewport: { width: 390, height: 800 },
    });
    await page.getByRole("button", { name: /compared/ }).click();
    await page.getByRole("table", { name: /Figures/ }).waitFor();
    expect(await page.getByRole("row").count()).toBe(5);
    const legend = page.locator(".chart-legend").first();
    expect(await legend.textContent()).toMatch(/BCE, seed 0.*BCE, seed 1.*W-GP, seed 0.*W-GP, seed 1/);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByLabel(en.runs.charts.which).selectOption("W-GP, seed 1");
    await page.getByText("critic's estimate").first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("opens a results.json by picker and by drop, and says what is wrong with a file that is none", async () => {
    const site = await serve(built.folder);
    await cp(EMPTY_LIST, join(built.folder, "api/runs.json"));
    const { page, problems } = await openPage(browser, `${site.origin}/?lang=en`);
    await page.getByText(en.runs.none).waitFor();
    const good = await readFile(at("compared/results.json"), "utf8");
    const pick = (name: string, text: string) =>
      page.getByLabel(en.runs.open).setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
    const drop = (name: string, text: string) =>
      page.evaluate(
        ([name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text!], name!));
          document
            .querySelector(".runs")!
            .dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        },
        [name, text],
      );
    const alert = page.getByRole("alert").filter({ hasText: /./ });
    const { problems: sentences } = en.runs;
    const bad: [text: string, says: string][] = [
      ["{", sentences.json("x.json")],
      ["[]", sentences.results("x.json", sentences.whole)],
      [good.replace('"seed": ', '"seed": "far", "e": '), sentences.results("x.json", "runs.0.seed")],
      [good.replace('"w-gp"', '"w-pg"'), sentences.loss("x.json", "w-pg")],
    ];
    for (const [text, says] of bad) {
      await pick("x.json", text);
      await alert.filter({ hasText: says }).waitFor();
    }
    await drop("mine.json", good);
    await page.getByRole("heading", { name: "mine.json" }).waitFor();
    expect(await alert.count()).toBe(0);
    await pick("other.json", good.replace('"data"', '"link": "javascript:alert(1)//?seed=3", "data"'));
    await page.getByRole("heading", { name: "other.json" }).waitFor();
    expect(await page.getByRole("link", { name: en.runs.repeat }).getAttribute("href")).toBe("?seed=3");
    await page.getByRole("button", { name: /mine\.json/ }).click();
    await page.getByRole("heading", { name: "mine.json" }).waitFor();
    expect(problems).toEqual([]);
    await Promise.all([page.close(), site.close()]);
  });

  it("says when the server is gone, and goes on when it is back", async () => {
    const first = await startStudioServer({ folder: built.folder, runs: await openNamedRuns([at("compared")]) });
    const { page } = await openPage(browser, first.address);
    await page.getByRole("table", { name: /Figures/ }).waitFor();
    await first.close();
    await page.getByText(en.runs.lost).waitFor();
    const port = Number(new URL(first.address).port);
    const again = await startStudioServer({ folder: built.folder, runs: await openNamedRuns([at("compared")]), port });
    await page.getByText(en.runs.lost).waitFor({ state: "detached" });
    await Promise.all([page.close(), again.close()]);
  });
});
