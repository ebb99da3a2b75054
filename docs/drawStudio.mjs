// The pictures of the Studio in studio.md and README.md: npm run build && node docs/drawStudio.mjs [NAME ...]
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
  {
    name: "studio-diagram",
    width: 1440,
    height: 830,
    query: "lang=en&diagram=on",
    until: 600,
    pressed: ["Generator’s update", "Next", "Next", "Next", "Next"],
  },
  { name: "studio-line", width: 900, height: 760, query: "lang=en&view=line&line=2_-2_0" },
  { name: "studio-table", width: 1180, height: 1900, query: "lang=en&view=table", stage: trainTable },
];

/** Trains the example for two minutes. */
async function trainTable(page) {
  await page.getByText("All that is needed is loaded").waitFor();
  await page.getByRole("button", { name: "Take an example" }).click();
  await page.getByLabel("Time").selectOption("120");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByText(/^Trained for/).waitFor({ timeout: 0 });
}

const names = process.argv.slice(2);
const wanted = names.length > 0 ? PICTURES.filter(({ name }) => names.includes(name)) : PICTURES;
const server = await serveStudio();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const { name, width, height, query, until, stage, colorScheme = "light", shown, pressed = [] } of wanted) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`${server.address}?${query}`);
  if (stage) await stage(page);
  else if (until === undefined) await page.waitForTimeout(8000);
  else {
    await page.waitForSelector(".picture[aria-busy=false], [data-station=loss]");
    await page.keyboard.press("Space");
    await page.waitForFunction(
      (until) => Number(document.querySelector(".clock b").textContent.replaceAll(/\D/g, "")) >= until,
      until,
      { timeout: 0 },
    );
    await page.keyboard.press("Space");
    await page.waitForTimeout(1500);
  }
  for (const name of pressed) await page.getByRole("button", { name, exact: true }).click();
  if (shown) await page.locator(shown).evaluate((element) => element.scrollIntoView());
  await keepPicture(await page.screenshot(), name);
  await page.close();
}
await browser.close();
server.close();
