// Draws docs/images/sweep.png: trains a sweep on the ring and takes a picture of its page in Chromium (CHROMIUM_PATH, else /usr/bin/chromium). After
// npm run build, in some minutes: node docs/drawSweep.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";

const WIDTH = 1180;
const folder = mkdtempSync(join(tmpdir(), "monge-sweep-"));
const command = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const grid = "--losses w-gp,w-lp --set lambda=0.1,1,10 --set learning-rate=1e-3,5e-3 --seeds 0,1".split(" ");
const small = "--iterations 200 --evaluate-every 200 --settle 0 --width 32 --batch 64".split(" ");

try {
  execFileSync(process.execPath, [command, "sweep", "--data", "ring", ...grid, ...small, "--out", "ring"], {
    ...{ cwd: folder, stdio: "inherit" },
  });
  await draw(join(folder, "ring", "sweep.html"));
} finally {
  rmSync(folder, { recursive: true });
}

/** Takes a picture of the page, in few enough colours to be small. */
async function draw(file) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1000 } });
  await page.goto(pathToFileURL(file).href);
  const shot = await page.screenshot({ fullPage: true });
  await sharp(shot)
    .png({ palette: true, colours: 64 })
    .toFile(fileURLToPath(new URL("images/sweep.png", import.meta.url)));
  await browser.close();
}
