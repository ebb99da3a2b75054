// What large tables take: the most resident memory and the seconds of describe, train and sample.
//   npm run build && node bench/largeTables.mjs [ROWS,COLUMNS,ITERATIONS,SAMPLES...]...
// Default: a million rows of 20 columns, and 20,000 rows of 200, trained for 50 iterations, 100,000 and 1,000,000 rows sampled.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTable } from "./mixedTable.mjs";

const MONGE = new URL("../dist/cli/main.js", import.meta.url).pathname;
/** Says at its end how much memory a process had at most, in KiB. */
const WATCHED = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\n"+process.resourceUsage().maxRSS))`;

async function measured(name, args) {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", WATCHED, MONGE, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    told += text;
  });
  const [code] = await once(child, "close");
  const lines = told.trim().split("\n");
  const peak = Number(lines.pop()) / 1024;
  const seconds = (performance.now() - begun) / 1000;
  console.log(`| ${name} | ${peak.toFixed(0)} | ${seconds.toFixed(0)} | ${code === 0 ? "" : lines.join(" ")} |`);
}

const given = process.argv.slice(2).map((text) => text.split(",").map(Number));
const tables =
  given.length > 0
    ? given
    : [
        [1_000_000, 20, 50, 100_000, 1_000_000],
        [20_000, 200, 50, 100_000],
      ];
const folder = await mkdtemp(join(tmpdir(), "monge-large-"));
try {
  console.log("| | most memory, MiB | seconds | |\n|---|---|---|---|");
  for (const [rows, columns, iterations, ...samples] of tables) {
    const table = join(folder, `${rows}x${columns}.csv`);
    const run = join(folder, `${rows}x${columns}`);
    await writeTable(table, rows, columns);
    await measured(`describe ${rows} x ${columns}`, ["describe", table]);
    await measured(`train, ${iterations} iterations`, ["train", table, "--iterations", `${iterations}`, "--out", run]);
    for (const count of samples) {
      await measured(`sample ${count}`, ["sample", run, "-n", `${count}`, "-o", join(folder, "rows.csv")]);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
