// The pictures of the Studio in studio.md and README.md: npm run build && node docs/drawStudio.mjs
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sirv from "sirv";
import { keepPicture } from "./pagePictures.mjs";

const PICTURES = [
  { name: "studio", width: 1440, height: 900, query: "lang=en", until: 900 },
  {
    name: "studio-narrow",
    width: 390,
    height: 844,
    query: "lang=en&layers=contours.real.fakes.arrows.surface",
    until: 100,
    colorScheme: "dark",
    shown: "[data-side=left]",
  },
  { name: "studio-line", width: 900, height: 760, query: "lang=en&view=line&line=2_-2_0" },
];

const files = sirv(fileURLToPath(new URL("../dist/studio", import.meta.url)), { dev: true });
const server = createServer((request, response) => {
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  files(request, response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const { name, width, height, query, until, colorScheme = "light", shown } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
  if (until === undefined) await page.waitForTimeout(8000);
  else {
    await page.waitForSelector(".picture[aria-busy=false]");
    await page.keyboard.press("Space");
    await page.waitForFunction(
      (until) => Number(document.querySelector(".clock b").textContent.replaceAll(/\D/g, "")) >= until,
      until,
      { timeout: 0 },
    );
    await page.keyboard.press("Space");
    await page.waitForTimeout(1500);
  }
  if (shown) await page.locator(shown).evaluate((element) => element.scrollIntoView());
  await keepPicture(await page.screenshot(), name);
  await page.close();
}
await browser.close();
server.close();
