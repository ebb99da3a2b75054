import {
  type Candidate,
  candidates,
  publishedCells,
  publishedFigures,
  publishedTruth,
  type VerifyEntry,
  type VerifyResults,
} from "../../protocols/verify/index.js";

/** Columns of the critics' names, and of one cell; and the cells that stand side by side, so that all fit into 80 columns. */
const NAMES = 24;
const CELL = 12;
const ABREAST = 4;

/** A row of figures of this run and, below it, those that were published, a column for each cell: "cosine (W1 estimate)". */
export function verifyTable({ entries }: VerifyResults): string {
  const cells = cellsOf(entries);
  const parts = Array.from({ length: Math.ceil(cells.length / ABREAST) }, (_, part) =>
    cells.slice(part * ABREAST, (part + 1) * ABREAST),
  );
  return parts.map((part) => tableOf(part, entries)).join("\n");
}

function tableOf(cells: readonly string[], entries: readonly VerifyEntry[]): string {
  const line = (name: string, values: readonly string[]) =>
    `${name.padEnd(NAMES)}${values.map((value) => value.padEnd(CELL)).join("")}`.trimEnd();
  const rule = "─".repeat(NAMES + CELL * cells.length);
  const truths = cells.map((cell) => entries.find((entry) => entry.cell === cell)!.truth);
  const lines = [line("", cells), rule, line("true W1", truths.map(short))];
  lines.push(
    ...ifAny(
      line,
      cells.map(publishedTruth).map((truth) => (truth === null ? "" : short(truth))),
    ),
  );
  for (const { name, title } of rowsOf(entries)) {
    const own = cells.map((cell) => entries.find((entry) => entry.cell === cell && entry.critic === name));
    lines.push(
      line(
        title,
        own.map((entry) => (entry ? figures(entry) : "-")),
      ),
    );
    lines.push(
      ...ifAny(
        line,
        cells.map((cell, i) => {
          const published = own[i] && publishedFigures(name, cell);
          return published ? figures(published) : "";
        }),
      ),
    );
  }
  return [rule, ...lines, rule].join("\n");
}

/** What the table's figures mean. */
export const LEGEND =
  "cosine (W1 estimate) on 4,096 held-out pairs. cosine: of the angle between the\n" +
  "critic's gradient at a fake and the true one, mean: 1 is right, 0 is blind.\n" +
  "published: Korotin et al. 2022, arXiv 2206.07767, on other draws of such pairs.";

function ifAny(line: (name: string, values: readonly string[]) => string, values: readonly string[]): string[] {
  return values.some((value) => value !== "") ? [line("  published", values)] : [];
}

/** The cells of the entries: the published ones in their order, then others as they came. */
function cellsOf(entries: readonly VerifyEntry[]): string[] {
  const all = [...new Set(entries.map(({ cell }) => cell))];
  return [
    ...publishedCells.filter((cell) => all.includes(cell)),
    ...all.filter((cell) => !publishedCells.includes(cell)),
  ];
}

function rowsOf(entries: readonly VerifyEntry[]): readonly Candidate[] {
  return candidates.filter(({ name }) => entries.some(({ critic }) => critic === name));
}

function figures({ cosine, estimate }: { readonly cosine: number | null; readonly estimate: number | null }): string {
  return cosine === null || estimate === null ? "diverged" : `${short(cosine)} (${short(estimate)})`;
}

/** Two decimals, as the published table has them. */
function short(value: number): string {
  const text = Math.abs(value) >= 9.95 ? value.toFixed(1) : value.toFixed(2);
  return text.replace(/^(-?)0\./, "$1.").replace(/^-\.00$/, ".00");
}
