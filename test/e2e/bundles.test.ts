import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInChromium, openBrowser, openPage, serve } from "../studio/browser.js";
import { installPacked, type Project } from "./packed.js";

const KILOBYTE = 1000;
/** A page without a single setting that runs `main.js` and shows its answer as the page's title. */
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>`;

/** Bundles `main.js` as Vite does by default, runs it in the browser, and returns its answer with the sizes of all scripts. */
async function bundled(project: Project, browser: Browser, main: string) {
  await project.write("index.html", PAGE);
  await project.write("main.js", main);
  await build({ root: project.folder, configFile: false, base: "./", logLevel: "error" });
  const assets = join(project.folder, "dist", "assets");
  const scripts = (await readdir(assets)).filter((name) => name.endsWith(".js"));
  const sizes = await Promise.all(scripts.map(async (name) => (await readFile(join(assets, name))).length));
  const site = await serve(join(project.folder, "dist"), { isolated: false });
  try {
    const { page, problems } = await openPage(browser, site.origin);
    await page.waitForFunction(() => document.title !== "", undefined, { timeout: 60_000 });
    const answer: unknown = JSON.parse(await page.title());
    await page.close();
    return { answer, problems, sizes };
  } finally {
    await site.close();
  }
}

describeInChromium("a bundle for the browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("of emd from monge/transport is one small file that needs no other package", async () => {
    const project = await installPacked("none");
    const { answer, problems, sizes } = await bundled(
      project,
      browser,
      `import { emd } from "monge/transport";
       document.title = JSON.stringify([emd([[0, 0], [1, 0]], [[0, 1], [1, 1]]), emd([0, 1, 5], [2, 3, 4])]);`,
    );
    await project.remove();
    expect(answer).toEqual([1, expect.closeTo(5 / 3, 12)]);
    expect(problems).toEqual([]);
    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeLessThan(40 * KILOBYTE);
  });

  it("of monge trains on data that is drawn in the page", async () => {
    const project = await installPacked("linked");
    const { answer, problems } = await bundled(
      project,
      browser,
      `import { resolveConfig, ring, train, trainOptions, transport } from "monge";
       const data = ring();
       const settings = { data: "ring", loss: "w-gp", width: 8, depth: 1, batch: 16, iterations: 3, evaluateEvery: 3 };
       const told = [];
       for await (const event of train(trainOptions(resolveConfig(settings, data), data))) {
         if (event.type === "step") told.push(Number.isFinite(event.criticLoss));
         if (event.type === "end") told.push(event.progress.iteration, transport.emd([0], [2]));
       }
       document.title = JSON.stringify(told);`,
    );
    await project.remove();
    expect(answer).toEqual([true, true, true, 3, 2]);
    expect(problems).toEqual([]);
  });
});
