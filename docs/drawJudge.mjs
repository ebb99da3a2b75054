// Draws the pictures of docs/judge.md by the tutorial's way: trains on made-up customers, judges the rows of the run, and takes pictures of the
// page in Chromium (CHROMIUM_PATH, else /usr/bin/chromium). After npm run build, in some minutes: node docs/drawJudge.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main as customers } from "../examples/customers.mjs";
import { inPage, keepPicture } from "./pagePictures.mjs";

const ROWS = 3000;
const SYNTHETIC_ROWS = 10_000;
const MARGIN = 24;
/** The parts of the page, and how much of their height is shown at most. */
const PARTS = [
  ["judge", "header", 1400],
  ["judge-shape", "#shape", 1180],
  ["judge-trend", "#trend", 900],
  ["judge-detection", "#detection", 1200],
  ["judge-distance", "#distance", 900],
  ["judge-utility", "#utility", 900],
  ["judge-privacy", "#privacy", 1900],
];

const folder = mkdtempSync(join(tmpdir(), "monge-judge-"));
const command = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const monge = (...argv) => execFileSync(process.execPath, [command, ...argv], { cwd: folder, stdio: "inherit" });

try {
  await customers(ROWS, join(folder, "customers.csv"));
  const rules = ["--rule", "total = price * seats", "--rule", "signup <= last_seen", "--together", "country,city"];
  monge("train", "customers.csv", ...rules, "--out", "run");
  monge("sample", "run", "-n", `${SYNTHETIC_ROWS}`, "-o", "synthetic.csv");
  monge("judge", "customers.csv", "synthetic.csv", "-o", "judge.html");
  await inPage(join(folder, "judge.html"), drawParts);
} finally {
  rmSync(folder, { recursive: true });
}

/** Takes a picture of each part, from its top. */
async function drawParts(page) {
  for (const [name, selector, most] of PARTS) {
    const box = await page.locator(selector).first().boundingBox();
    const clip = {
      x: box.x - MARGIN,
      y: box.y - MARGIN,
      width: box.width + 2 * MARGIN,
      height: Math.min(box.height + 2 * MARGIN, most),
    };
    await keepPicture(await page.screenshot({ fullPage: true, clip }), name);
  }
}
