import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeTable } from "../mixedTable.mjs";

const ROWS = [1000, 10_000, 100_000, 1_000_000];
const COLUMNS = 10;
const PARTS = [
  { part: "reading", title: "reading a table", time: "seconds" },
  { part: "iteration", title: "training on a table", time: "seconds an iteration" },
];
const OURS = fileURLToPath(new URL("../participants/oursTable.mjs", import.meta.url));

/**
 * How the time and the memory of training on a table grow with its rows: reading, from the file to the encoded rows, and an iteration with
 * the default settings of tables. Memory is the most that was resident so far. Each table has a process of its own, which has read and trained on the
 * smallest before.
 */
export async function measureTableGrowth({ tell }) {
  const folder = mkdtempSync(join(tmpdir(), "monge-bench-"));
  try {
    const found = [];
    for (const rows of ROWS) {
      tell(`growth: table of ${rows} rows`);
      await writeTable(join(folder, `${rows}.csv`), rows, COLUMNS);
      const files = [ROWS[0], rows].map((count) => join(folder, `${count}.csv`));
      const { stdout } = await promisify(execFile)(process.execPath, [OURS, ...files]);
      found.push({ rows, ...JSON.parse(stdout) });
    }
    return PARTS.map(({ part, title, time }) => ({
      row: `growth: rows, ${title} ${ROWS.join(", ")}`,
      time,
      ours: Object.fromEntries(
        ["seconds", "mebibytes"].map((key) => [key, found.map((table) => [table.rows, table[part][key]])]),
      ),
      peers: {},
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
