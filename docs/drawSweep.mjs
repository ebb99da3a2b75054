// Draws docs/images/sweep.png: trains a sweep on the ring and takes a picture of its page in Chromium (CHROMIUM_PATH, else /usr/bin/chromium). After
// npm run build, in some minutes: node docs/drawSweep.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inPage, keepPicture } from "./pagePictures.mjs";

const folder = mkdtempSync(join(tmpdir(), "monge-sweep-"));
const command = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const grid = "--losses w-gp,w-lp --set lambda=0.1,1,10 --set learning-rate=1e-3,5e-3 --seeds 0,1".split(" ");
const small = "--iterations 200 --evaluate-every 200 --settle 0 --width 32 --batch 64".split(" ");

try {
  execFileSync(process.execPath, [command, "sweep", "--data", "ring", ...grid, ...small, "--out", "ring"], {
    ...{ cwd: folder, stdio: "inherit" },
  });
  await inPage(join(folder, "ring", "sweep.html"), async (page) => {
    await keepPicture(await page.screenshot({ fullPage: true }), "sweep");
  });
} finally {
  rmSync(folder, { recursive: true });
}
