// The recording of the first lesson in studio.md: npm run build && node docs/recordLesson.mjs
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { serveStudio } from "./servedStudio.mjs";

const SIZE = { width: 1440, height: 880 };
const WIDTH = 960;

const server = await serveStudio();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: SIZE, colorScheme: "light", reducedMotion: "reduce" });
const frames = [];
/** Keeps what is on the screen, to be shown for so many milliseconds. */
const keep = async (delay) =>
  frames.push({
    delay,
    shot: await sharp(await page.screenshot())
      .resize(WIDTH)
      .toBuffer(),
  });
const scrollTo = (selector) =>
  page
    .locator(selector)
    .last()
    .evaluate((element) => element.scrollIntoView({ block: "end" }));

await page.goto(`${server.address}?lesson=1&lang=en`);
await page.waitForSelector(".lesson-answers button:enabled");
await page.waitForTimeout(500);
await keep(2500);
await scrollTo(".lesson-question");
await keep(2500);
await page.locator(".lesson-answers button").first().click();
await scrollTo(".lesson-act");
await keep(1500);
// The page's own key for one step, as often as the button of the lesson does it, five for each frame, so that the shading is seen to turn.
await page.locator(".lesson h2").evaluate((heading) => heading.focus({ preventScroll: true }));
for (let step = 0; step < 20; step++) {
  for (let k = 0; k < 5; k++) await page.keyboard.press("c");
  await page.waitForTimeout(250);
  await keep(120);
}
await page.waitForSelector(".lesson-verdict");
await page.waitForTimeout(1500);
await scrollTo(".lesson-outcome");
await keep(5000);
await browser.close();
server.close();

const file = fileURLToPath(new URL("images/lesson.gif", import.meta.url));
const { size } = await sharp(
  frames.map(({ shot }) => shot),
  { join: { animated: true } },
)
  .gif({ delay: frames.map(({ delay }) => delay), colours: 64, dither: 0, interFrameMaxError: 8 })
  .toFile(file);
console.log(`${file}: ${frames.length} frames, ${size} bytes`);
