import { type JudgeResults, questions, type Score } from "../../judge/results.js";
import { printable, quoted } from "../../quoting.js";
import { levelOf, levelTexts } from "../../report/judge/levels.js";
import { scoresOf, sentenceOf, verdictOf } from "../../report/judge/sentences.js";
import { wrapped } from "../table.js";

/** Columns and pairs that are listed. */
const WORST = 5;
const WIDTHS = [11, 8, 18, 13, 12] as const;

/** What was found as a terminal shows it, in at most 80 columns: a table of the scores between their yardsticks, and a sentence for each question. */
export function judgeText(results: JudgeResults): string {
  const rule = "─".repeat(80);
  return [
    `${printable(verdictOf(results))}.`,
    rule,
    line(["", "score", "interval (95 %)", "independent", "real rows"]),
    rule,
    ...questions.map((question) => scoreLine(results, question)),
    rule,
    ...questions.map((question) => wrapped(`${question}: ${printable(sentenceOf(results, question))}`)),
    ...worst(results),
  ].join("\n");
}

function scoreLine(results: JudgeResults, question: (typeof questions)[number]): string {
  const scores = scoresOf(results, question);
  if (!scores) return line([question, "-"]);
  const { synthetic, independent, real } = scores;
  return line([
    question,
    fixed(synthetic.value),
    interval(synthetic),
    fixed(independent.value),
    fixed(real.value),
    levelTexts[levelOf(question, scores)].text,
  ]);
}

/** The columns and pairs that are furthest off. */
function worst({ shape, trend }: JudgeResults): string[] {
  const columns = shape.columns
    .slice(0, WORST)
    .map(({ name, score }) => `${quoted(name)} ${fixed(score.synthetic.value)}`);
  const pairs = "skipped" in trend ? [] : trend.pairs.slice(0, WORST);
  const pairTexts = pairs.map((pair) => `${pair.columns.map(quoted).join(" with ")} ${fixed(pair.score.synthetic)}`);
  return [
    wrapped(`Worst columns: ${columns.join(", ")}.`),
    ...(pairTexts.length > 0 ? [wrapped(`Worst pairs: ${pairTexts.join(", ")}.`)] : []),
  ];
}

/** What the columns of the table mean. */
export const LEGEND = wrapped(
  "Scores run from 0 to 1, and 1 is best. independent: each column of the real table shuffled by itself. real rows: real ones instead of " +
    "the synthetic ones.",
);

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
    .join("")
    .trimEnd();
}

function interval({ low, high }: Score): string {
  return low === high ? "" : `${fixed(low)} to ${fixed(high)}`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
