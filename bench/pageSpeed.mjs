// Iterations a second in the Studio's page (headless Chromium, WebAssembly) and in Node, on the same machine, one after the other.
//   npm run build && node bench/pageSpeed.mjs
// The grid with the command line's default settings. In Node a rate is 1 / the median time of an iteration, and both sides train in turn; in
// the page they train at the same time, each in a worker.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sirv from "sirv";
import { build } from "vite";
import { grid, resolveConfig, trainOptions } from "../dist/index.js";
import { createTrainer } from "../dist/training/trainer.js";

const ITERATIONS = 100;
const SIDES = { left: { loss: "bce", constraint: "none" }, right: { loss: "wasserstein", constraint: "gp" } };
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const data = grid();
const config = (loss) => resolveConfig({ data: "grid", loss, schedule: "constant" }, data);

async function inNode(loss) {
  const trainer = await createTrainer(trainOptions(config(loss), data));
  const times = [];
  for (let i = 0; i < ITERATIONS; i++) {
    const began = performance.now();
    await trainer.iterate();
    times.push(performance.now() - began);
  }
  await trainer.release();
  return 1000 / times.sort((a, b) => a - b)[ITERATIONS >> 1];
}

function settings() {
  const { width, depth, batch, criticSteps, lambda, clip, learningRate, seed, network } = config("w-gp");
  return {
    ...{ ...SIDES, data: "grid", seed, network, batch, criticSteps, more: { lambda, clip } },
    ...{ generatorWidth: width, generatorDepth: depth, generatorRate: learningRate },
    ...{ criticWidth: width, criticDepth: depth, criticRate: learningRate },
  };
}

async function inPage(folder, isolated) {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    files(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}`);
  const result = await page.evaluate(
    async ([chosen, iterations]) => {
      const { driver } = globalThis;
      await driver.begin(chosen);
      driver.setLayers(["surface"]);
      driver.play();
      const began = performance.now();
      let frames = 0;
      driver.sides.left.frame.subscribe(() => frames++);
      await driver.until(() => driver.sides.right.frame.value.iteration >= iterations);
      const seconds = (performance.now() - began) / 1000;
      const { left, right } = (await driver.stand()).sides;
      const together = right.iteration / ((performance.now() - began) / 1000);
      // Both sides train at the same time, so that the slower one sets the pace.
      const bare = right.iteration / Math.max(left.seconds, right.seconds);
      return { threads: driver.machine.value.threads, together, bare, frames: frames / seconds };
    },
    [settings(), ITERATIONS],
  );
  await browser.close();
  server.close();
  return result;
}

const folder = await mkdtemp(join(tmpdir(), "monge-page-speed-"));
await build({
  configFile: at("../studio/vite.config.ts"),
  root: at("../test/studio/sessionPage"),
  build: { outDir: folder, emptyOutDir: true },
  logLevel: "warn",
});
const show = (rate) => rate.toFixed(rate < 10 ? 2 : 1).padStart(6);
console.log(`${cpus().length} cores, ${cpus()[0].model}; iterations a second, ${ITERATIONS} iterations`);
const [bce, wgp] = [await inNode("bce"), await inNode("w-gp")];
const both = 1 / (1 / bce + 1 / wgp);
console.log(`Node                        bce ${show(bce)}   w-gp ${show(wgp)}   both in turn ${show(both)}`);
for (const isolated of [true, false]) {
  const { threads, together, bare, frames } = await inPage(folder, isolated);
  const name = `page, ${threads} thread${threads === 1 ? "" : "s"} a side`.padEnd(27);
  console.log(
    `${name} training alone ${show(bare)}   drawn and evaluated ${show(together)}, of Node's ${show(together / both)}   new frames ${show(frames)}`,
  );
}
await rm(folder, { recursive: true });
