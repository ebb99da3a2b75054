import { type Marginal, marginalsOf } from "../../figures/marginals.js";
import { type JudgeResults, type Question, questions } from "../../judge/results.js";
import { printable } from "../../quoting.js";
import type { TableSchema } from "../../tables/schema.js";
import type { Table } from "../../tables/table.js";
import { formatCount } from "../format.js";
import { documentOf } from "../page/document.js";
import { type Html, html } from "../page/html.js";
import { style } from "../page/style.js";
import { questionTexts } from "./questions.js";
import { detectionSection } from "./sections/detection.js";
import { distanceSection } from "./sections/distance.js";
import { privacySection } from "./sections/privacy.js";
import { shapeSection } from "./sections/shape.js";
import { trendSection } from "./sections/trend.js";
import { utilitySection } from "./sections/utility.js";
import { alarmOf, scoresOf, sentenceOf, verdictOf } from "./sentences.js";
import { judgeStyle } from "./style.js";
import { standing, tilesOf } from "./tiles.js";

/** What was judged. */
export interface JudgedRows {
  /** The real rows. */
  readonly real: Table;
  /** The rows that were judged. */
  readonly synthetic: Table;
  /** What the columns are: whether numbers are dates, for one. */
  readonly schema: TableSchema;
}

/** What the sections are made of. */
interface Judged {
  readonly results: JudgeResults;
  readonly marginals: readonly Marginal[];
  readonly schema: TableSchema;
}

/** The text of the page; see `judgePage`. */
export function pageOf(results: JudgeResults, { real, synthetic, schema }: JudgedRows): string {
  const judged = { results, marginals: marginalsOf(real, synthetic), schema };
  return documentOf(
    `${printable(results.synthetic.name)} judged`,
    style + judgeStyle,
    html`<header>
  <p class="kicker">Monge · synthetic data, judged</p>
  <h1>${verdictOf(results)}</h1>
  ${alarm(results)}
  <p class="lead">${lead(results)}</p>
  ${tilesOf(results)}
  <ul class="findings">${questions.map((question) => html`<li>${finding(results, question)}</li>`)}</ul>
  ${results.notes.length > 0 && html`<details class="notes"><summary>More about these figures</summary><ul>${results.notes.map((note) => html`<li>${printable(note)}</li>`)}</ul></details>`}
</header>
${questions.map((question) => section(judged, question))}
<footer>Made by Monge with seed ${results.seed}${results.bootstrap > 0 && html`; intervals hold 95 % of ${formatCount(results.bootstrap)} resamples`}. The same figures for machines: <code>monge judge --json</code>.</footer>`,
  );
}

function alarm(results: JudgeResults): Html | null {
  const text = alarmOf(results);
  return text === null ? null : html`<p class="alarm"><a href="#privacy">${text}</a></p>`;
}

function lead({ real, synthetic, holdout }: JudgeResults): Html {
  const heldOut = holdout
    ? html`, and ${formatCount(holdout.rows)} more of <b>${printable(holdout.name)}</b> that it was not made from`
    : "";
  return html`${formatCount(synthetic.rows)} rows of <b>${printable(synthetic.name)}</b>, compared with ${formatCount(real.rows)} real rows of <b>${printable(real.name)}</b>${heldOut}.
    Every score runs from 0 to 1, and 1 is best. Two yardsticks stand beside it: <i class="mark independent" aria-hidden="true"></i> independent columns, each right by itself and unrelated to the others, and
    <i class="mark real" aria-hidden="true"></i> real rows instead of synthetic ones, the best that can be expected.`;
}

function finding(results: JudgeResults, question: Question): Html {
  return html`<b>${questionTexts[question].title}.</b> ${sentenceOf(results, question)}`;
}

function section(judged: Judged, question: Question): Html {
  const { title, question: text, asks, advice } = questionTexts[question];
  const scores = scoresOf(judged.results, question);
  return html`<section id="${question}">
  <h2><span class="part">${title}</span> ${text}</h2>
  <p class="caption">${asks}</p>
  <p class="answer">${sentenceOf(judged.results, question)}</p>
  ${scores && html`${standing(scores)}${bodies[question](judged)}<p class="advice"><b>If it is low.</b> ${advice}</p>`}
</section>
`;
}

/** What stands between a question's score and the advice; nothing where it was skipped. */
const bodies: Readonly<Record<Question, (judged: Judged) => Html | null>> = {
  shape: ({ results, marginals, schema }) => shapeSection(results.shape, marginals, schema),
  trend: ({ results: { trend } }) => ("skipped" in trend ? null : trendSection(trend)),
  detection: ({ results: { detection } }) => ("skipped" in detection ? null : detectionSection(detection)),
  distance: ({ results: { distance } }) => ("skipped" in distance ? null : distanceSection(distance)),
  utility: ({ results: { utility, holdout } }) =>
    "skipped" in utility ? null : utilitySection(utility, holdout !== null),
  privacy: ({ results: { privacy }, schema }) => ("skipped" in privacy ? null : privacySection(privacy, schema)),
};
