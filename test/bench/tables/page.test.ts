import { expect, it } from "vitest";
import { pageWith, tableOf } from "../../../bench/tables/page.mjs";

/** A result whose scores are all `score`. */
function result(method: string, budget: string, seed: number, score: number) {
  const names = ["shape", "trend", "strongTrend", "detection", "logisticDetection", "auc", "f1", "dcrShare"];
  return {
    data: "diamonds",
    method,
    budget,
    seed,
    figures: { ...Object.fromEntries(names.map((name) => [name, score])), copies: 0.03, repeats: 0.01 },
    fit: { seconds: 10, peakMiB: 1234, trainedRows: 500_000 },
  };
}

const cellsOf = (line: string | undefined) => (line ?? "").split("|").map((cell) => cell.trim());

it("a row is a method with one budget: the mean over its seeds ± their deviation, plain means of time and memory", () => {
  const results = [
    result("ctgan", "600 s", 0, 0.4),
    result("ctgan", "600 s", 1, 0.5),
    result("ctgan", "600 s", 2, 0.6),
    result("ctgan", "full", 0, 0.7),
  ];
  const [head, , timed, full, ...more] = tableOf(results, "diamonds").split("\n");
  const titles = cellsOf(head);
  const cell = (line: string | undefined, title: string) => cellsOf(line)[titles.indexOf(title)];
  expect(timed).toMatch(/^\| CTGAN, 600 s \|/);
  expect(cell(timed, "shape")).toBe("0.500 ± 0.100");
  expect(cell(timed, "copies, %")).toBe("2.00 ± 0.00");
  expect(cell(timed, "rows/s")).toBe("50,000");
  expect(cell(timed, "memory, MiB")).toBe("1,230");
  expect(full).toMatch(/^\| CTGAN, all epochs \|/);
  expect(cell(full, "shape")).toBe("0.700");
  expect(more).toEqual([]);
});

it("columns that nobody has are left out, and what papers report on this data set follows", () => {
  const lines = tableOf([{ ...result("monge", "600 s", 0, 0.9), data: "adult" }], "adult").split("\n");
  expect(lines[0]).not.toMatch(/R²|sampled/);
  expect(lines[2]).toMatch(/^\| Monge, 600 s \| 0.900 /);
  const reports = lines.slice(3);
  expect(reports.every((line) => line.startsWith("| *reported:* "))).toBe(true);
  expect(reports.find((line) => line.includes("CTGAN (TabPC"))).toMatch(/\| 0.809 \| 0.758 \|/);
});

it("a method that failed each time says so; where it failed once, the others count", () => {
  const failed = { data: "diamonds", method: "tvae", budget: "full", seed: 0, failed: "out of memory" };
  expect(tableOf([failed], "diamonds")).toContain("| TVAE, all epochs |");
  expect(tableOf([failed, result("monge", "full", 0, 0.9)], "diamonds")).toContain("| TVAE, all epochs | failed |");
  expect(tableOf([failed, result("tvae", "full", 1, 0.9)], "diamonds")).toContain("| TVAE, all epochs | 0.900 |");
});

it("a page's tables are made anew between their markers, and again the same", () => {
  const page = "# Page\n\n<!-- table diamonds -->\nold\n<!-- end -->\n\nText.\n\n<!-- table adult -->\n<!-- end -->\n";
  const results = [result("independent", "", 0, 0.5)];
  const made = pageWith(page, results);
  expect(made).toContain(`<!-- table diamonds -->\n\n${tableOf(results, "diamonds")}\n\n<!-- end -->\n\nText.`);
  expect(made).not.toContain("old");
  expect(made).toContain("TabDDPM");
  expect(pageWith(made, results)).toBe(made);
});
