import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { metrics } from "../../src/metrics/catalogue.js";
import { isMetric, isSummary, type MetricFacts } from "../../src/metrics/metric.js";

const document = readFileSync(new URL("../../docs/results-format.md", import.meta.url), "utf8");
const RANGES = { number: "", share: "0 to 1", correlation: "-1 to 1" };

/** What docs/results-format.md has to say of a figure. */
function rowOf({ name, summary, notation, unit = RANGES[notation.style ?? "number"], better }: MetricFacts): string {
  const way = typeof better === "object" ? `near ${better.near}` : better === "none" ? "" : better;
  return `| \`${name}\` | ${summary} | ${unit} | ${way} |`;
}

it.each([
  ["Figures of an evaluation", metrics.entries.filter(isMetric)],
  ["Summaries of a run", metrics.entries.filter(isSummary)],
] as const)("the format of results.json has every figure as the catalogue has it: %s", (title, entries) => {
  const section = document.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual(entries.map(rowOf));
});
