// The pictures of the Studio in studio.md and README.md: npm run build && node docs/drawStudio.mjs
import { chromium } from "playwright-core";
import { keepPicture } from "./pagePictures.mjs";
import { serveStudio } from "./servedStudio.mjs";

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

const server = await serveStudio();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const { name, width, height, query, until, colorScheme = "light", shown } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`${server.address}?${query}`);
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
