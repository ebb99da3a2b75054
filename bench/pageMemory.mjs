// The memory of the Studio's page while it trains (headless Chromium, WebAssembly, both sides and every figure), about once a minute.
//   npm run build && node bench/pageMemory.mjs [minutes] [link]
// `link` is what stands behind the ? of the page's address, such as "data=mnist"; the default page unless given. The page's own: its
// JavaScript heaps, DOM and WebAssembly (measureUserAgentSpecificMemory, after a garbage collection). Its process: resident memory.
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";
import { startStudioServer } from "../dist/studioServer/server.js";

const [minutes = "10", link = ""] = process.argv.slice(2);
if (!(Number(minutes) > 0)) {
  console.error(`Give a number of minutes above 0, not "${minutes}".`);
  process.exit(2);
}
const MEBI = 2 ** 20;

/** Resident memory of the process that shows the page, in MiB: the largest of the browser's renderers. */
async function rendererMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const sizes = renderers.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  });
  return Math.max(...(await Promise.all(sizes)));
}

const server = await startStudioServer({});
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.on("pageerror", (error) => console.error(error.message));
await page.goto(`${server.address}?${link}`);
await page.waitForSelector(".picture[aria-busy=false]");
await page.keyboard.press("Space");
const began = performance.now();
const elapsed = () => (performance.now() - began) / 60_000;
console.log("minute  iterations  page's own MiB  its process MiB");
while (elapsed() < Number(minutes)) {
  await setTimeout(Math.min(1, Number(minutes) - elapsed()) * 60_000);
  const iterations = await page.textContent(".clock b");
  const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  const figures = [
    iterations.replaceAll(",", ""),
    (bytes / MEBI).toFixed(1),
    (await rendererMemory(browser)).toFixed(0),
  ];
  console.log(
    elapsed().toFixed(1).padStart(6),
    figures[0].padStart(11),
    figures[1].padStart(15),
    figures[2].padStart(16),
  );
}
await browser.close();
await server.close();
