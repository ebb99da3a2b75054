// @ts-check
import { readFileSync } from "node:fs";
import { median } from "./statistics.mjs";

/** How much slower than in the table a row may be before it is told. */
const TOLERANCE = 0.1;

/**
 * @typedef {{ seconds?: number, ratios: Record<string, number> }} Kept what the table has of a row: our time, and how many times as fast we were as
 *   each peer
 */

/** The rows of the section "The last table" of bench/README.md, by their names. */
export function lastTable(markdown = readFileSync(new URL("README.md", import.meta.url), "utf8")) {
  const [table = ""] = /^\| .*(\n\|.*)+/m.exec(markdown.slice(markdown.indexOf("\n## The last table\n"))) ?? [];
  const [head = [], , ...lines] = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return new Map(lines.map(([, row = "", ...cells]) => [row, kept(head.slice(2), cells)]));
}

/**
 * @param {readonly string[]} names of the participants
 * @param {readonly string[]} cells
 * @returns {Kept}
 */
function kept(names, cells) {
  const [, amount, unit] = /^([\d.]+) (ms|s)\b/.exec(cells[0] ?? "") ?? [];
  const ratios = cells.flatMap((cell, i) => {
    const [, ratio] = / ([\d.]+)×$/.exec(cell) ?? [];
    return ratio === undefined ? [] : [[names[i] ?? "", Number(ratio)]];
  });
  return {
    ...(amount && { seconds: Number(amount) / (unit === "ms" ? 1000 : 1) }),
    ratios: Object.fromEntries(ratios),
  };
}

/**
 * Which rows are more than a tenth slower than in the table, a line each. What counts is the ratio to the peers that both have, of which the median is
 * taken, so that a slower machine alone changes nothing; a row without such a peer is judged by its time.
 * @param {readonly import("./report.mjs").AnyEntry[]} entries
 * @param {ReadonlyMap<string, Kept>} table
 */
export function slowerRows(entries, table) {
  return entries.flatMap(({ row, unit, ours, peers }) => {
    const before = table.get(row);
    if (!before || !ours) return [];
    const shared = Object.entries(peers).flatMap(([name, peer]) => {
      const ratio = "ratio" in peer ? peer.ratio : undefined;
      const last = before.ratios[name];
      return ratio === undefined || last === undefined ? [] : [{ name, last, ratio }];
    });
    const byTime = unit === "s" && before.seconds !== undefined ? [ours.median / before.seconds] : [];
    const factors = shared.length > 0 ? shared.map(({ last, ratio }) => last / ratio) : byTime;
    if (factors.length === 0 || median(factors) <= 1 + TOLERANCE) return [];
    const reasons = shared.map(({ name, last, ratio }) => `${name} ${last}× → ${Number(ratio.toPrecision(3))}×`);
    return [`${row}: ${Math.round(100 * (median(factors) - 1))} % (${reasons.join(", ") || "by its time alone"})`];
  });
}

/**
 * What is said of the rows of a run beside the table.
 * @param {readonly import("./report.mjs").AnyEntry[]} entries
 */
export function besideLastTable(entries, table = lastTable()) {
  const slower = slowerRows(entries, table);
  return slower.length === 0
    ? "No row is more than 10 % slower than in the last table of bench/README.md."
    : ["SLOWER than in the last table of bench/README.md, by more than 10 %:", ...slower].join("\n  ");
}
