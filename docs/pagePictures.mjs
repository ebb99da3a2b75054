// Takes pictures of a page for the documentation, in Chromium (CHROMIUM_PATH, else /usr/bin/chromium).
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";

const WIDTH = 1180;

/** Opens an HTML file and does `work` with its page. */
export async function inPage(file, work) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1000 } });
  await page.goto(pathToFileURL(file).href);
  await work(page);
  await browser.close();
}

/** Keeps a screenshot as `images/NAME.png`, in few enough colours to be small. */
export async function keepPicture(shot, name) {
  await sharp(shot)
    .png({ palette: true, colours: 64 })
    .toFile(fileURLToPath(new URL(`images/${name}.png`, import.meta.url)));
}
