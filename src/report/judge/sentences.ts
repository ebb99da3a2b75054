import {
  type Detection,
  type Distance,
  type JudgeResults,
  type Privacy,
  type Question,
  questions,
  type Scores,
  type Shape,
  type Trend,
  type Utility,
} from "../../judge/results.js";
import { quoted } from "../../quoting.js";
import { formatCount, formatNumber } from "../format.js";
import { isGood, type Level, levelOf } from "./levels.js";

/** What stands for the answer to a question that was not asked. */
interface Skipped {
  /** Why, in a sentence. */
  readonly skipped: string;
}

/** Of models, as readers know them. */
export const measureNames = { auc: "AUC", f1: "F1", r2: "R²" } as const;

/** AUC below which a model hardly tells rows, and below which it tells some of them. */
const HARDLY = 0.55;
const SOME = 0.75;
/** Columns and pairs of a score below this are not called alike, however real rows fare. */
const ALIKE = 0.9;
/** A p-value above this is called chance. */
const CHANCE = 0.05;

/** The answer to a question in one sentence of plain text, for a page and a terminal; why there is none where it was skipped. */
export function sentenceOf(results: JudgeResults, question: Question): string {
  return sentences[question](results);
}

/** All of it in a line. */
export function verdictOf(results: JudgeResults): string {
  const falls = (...some: readonly Question[]) => some.some((question) => isLow(levelOfQuestion(results, question)));
  if (falls("shape")) return "Visibly different from the real data";
  if (falls("trend"))
    return levelOfQuestion(results, "trend") === "partly"
      ? "Right column by column, only in part in how columns go together"
      : "Right column by column, not in how columns go together";
  if (falls("detection", "distance")) return "Right at first sight, and still to be told from real data";
  if (falls("utility")) return "Like the real data, but it teaches less";
  if (scoresOf(results, "detection") === null)
    return "Nothing speaks against it, but whether it can be told from real data was not answered";
  const levels = questions.map((question) => levelOfQuestion(results, question));
  return levels.every((level) => level === "real" || level === null)
    ? "As good as real data, by every question asked"
    : "A close stand-in for the real data";
}

/** What a reader must not miss, whatever the verdict; `null` where there is nothing of the kind. */
export function alarmOf(results: JudgeResults): string | null {
  return isLow(levelOfQuestion(results, "privacy")) ? "It may give rows of the real data away: see Privacy." : null;
}

/** The scores of a question; `null` where it was skipped. */
export function scoresOf(results: JudgeResults, question: Question): Scores | null {
  const answer = results[question];
  return "skipped" in answer ? null : answer.score;
}

function levelOfQuestion(results: JudgeResults, question: Question): Level | null {
  const scores = scoresOf(results, question);
  return scores && levelOf(question, scores);
}

function isLow(level: Level | null): boolean {
  return level !== null && !isGood(level);
}

const sentences: Readonly<Record<Question, (results: JudgeResults) => string>> = {
  shape: (results) => shape(results.shape),
  trend: (results) => said(results.trend, trend),
  detection: (results) => said(results.detection, detection),
  distance: (results) => said(results.distance, distance),
  utility: (results) => said(results.utility, utility),
  privacy: (results) => said(results.privacy, privacy),
};

function said<Answer extends object>(answer: Answer | Skipped, sentence: (answer: Answer) => string): string {
  return "skipped" in answer ? answer.skipped : sentence(answer);
}

function shape({ score, columns }: Shape): string {
  const good = isGood(levelOf("shape", score));
  const worst = named(
    columns.slice(0, good ? 1 : 3).map((column) => [quoted(column.name), column.score.synthetic.value]),
  );
  if (good && score.synthetic.value < ALIKE)
    return `Columns differ from the real ones no more than real rows do among so few; the furthest off is ${worst}.`;
  const [first] = columns;
  if (good && first && first.score.synthetic.value < ALIKE)
    return `Columns by themselves look like the real ones on the whole; the furthest off is ${worst}.`;
  return good
    ? `Each column by itself looks like the real one; the furthest off is ${worst}.`
    : `Columns by themselves already differ, most of all ${worst}.`;
}

function trend({ score, pairs }: Trend): string {
  const good = isGood(levelOf("trend", score));
  const worst = named(
    pairs.slice(0, good ? 1 : 2).map((pair) => [pair.columns.map(quoted).join(" with "), pair.score.synthetic]),
  );
  if (good && score.synthetic.value < ALIKE)
    return `Pairs of columns differ from the real ones no more than real rows do among so few; the furthest off is ${worst}.`;
  return good
    ? `Columns go together as they do in real rows; the furthest off is ${worst}.`
    : `Columns ${levelOf("trend", score) === "partly" ? "go together only in part" : "do not go together"} as they do in real rows, least of all ${worst}.`;
}

function detection({ models, columns }: Detection): string {
  const auc = Math.max(...models.map((model) => model.auc.synthetic.value));
  const told = auc < HARDLY ? "hardly tells" : auc < SOME ? "tells some of the" : "tells most of the";
  const [first] = columns;
  const trail = first && first.loss > 0 && auc >= HARDLY ? ` What gives most away is ${quoted(first.name)}.` : "";
  return `A model ${told} synthetic rows from real ones: AUC ${formatNumber(auc)}, where 0.5 is a guess and 1 tells all.${trail}`;
}

function distance({ distance: { synthetic, real, independent }, pValue }: Distance): string {
  const chance = pValue > CHANCE ? "may be chance" : "is more than chance";
  return `Synthetic rows lie ${formatNumber(synthetic.value)} from real ones, where real rows lie ${formatNumber(real.value)} from each other and independent columns ${formatNumber(independent.value)}; that they lie further ${chance} (p = ${pValue.toFixed(3)}).`;
}

function utility({ target, measures }: Utility): string {
  const [first] = measures;
  if (!first) return "No model was trained.";
  const { synthetic, real } = first.value;
  return `A model that learned from synthetic rows predicts ${quoted(target)} with ${measureNames[first.name]} ${formatNumber(synthetic.value)} on real rows; one that learned from real rows, with ${formatNumber(real.value)}.`;
}

function privacy({ score, measures }: Privacy): string {
  const rated = measures.flatMap(({ title, score }) => (score ? [{ title, value: score.synthetic.value }] : []));
  const [worst] = rated.sort((a, b) => a.value - b.value);
  if (!worst) return "Nothing was measured.";
  const lowest = `${quoted(worst.title)} (${worst.value.toFixed(3)})`;
  const level = levelOf("privacy", score);
  if (level === "real")
    return `None of ${formatCount(rated.length)} measures shows more of the original rows than other real rows would; the lowest is ${lowest}.`;
  return isGood(level)
    ? `Little more of the original rows shows than other real rows would show; the lowest of ${formatCount(rated.length)} measures is ${lowest}.`
    : `Rows of the real data may be given away; the measure that says so most clearly is ${lowest}.`;
}

/** "A (0.810), B (0.850)". */
function named(parts: readonly (readonly [name: string, score: number])[]): string {
  return parts.map(([name, score]) => `${name} (${score.toFixed(3)})`).join(", ");
}
