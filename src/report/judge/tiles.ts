import { type JudgeResults, type Question, questions, type Scores } from "../../judge/results.js";
import { exactly } from "../page/figureOf.js";
import { type Html, html } from "../page/html.js";
import { gauge, gaugeKey, intervalText } from "./gauge.js";
import { levelOf, levelTexts } from "./levels.js";
import { questionTexts } from "./questions.js";
import { scoresOf } from "./sentences.js";

const UNIT = { from: 0, to: 1 };

/** Every question with its score between its yardsticks. */
export function tilesOf(results: JudgeResults): Html {
  return html`<ul class="tiles scores">${questions.map((question) => html`<li class="tile">${tile(results, question)}</li>`)}</ul>`;
}

/** A score, its interval and its yardsticks, as a section begins with them. */
export function standing(scores: Scores): Html {
  return html`<div class="standing">${bigScore(scores)}<div>${gauge(scores, UNIT)}${gaugeKey(scores, score)}</div></div>`;
}

/** A score as it is written everywhere. */
export function score(value: number): string {
  return value.toFixed(3);
}

function tile(results: JudgeResults, question: Question): Html {
  const { title, question: text } = questionTexts[question];
  const scores = scoresOf(results, question);
  return html`<h2><a href="#${question}">${title}</a></h2><p class="sub">${text}</p>
    ${scores ? html`${bigScore(scores)}${gauge(scores, UNIT)}${gaugeKey(scores, score)}${levelLine(question, scores)}` : html`<p class="big none">–</p><p class="level">not answered</p>`}`;
}

function bigScore({ synthetic }: Scores): Html {
  return html`<p class="big">${exactly(synthetic.value, score(synthetic.value))} <small>${intervalText(synthetic, score)}</small></p>`;
}

/** How the score stands, with as much of a circle filled. */
function levelLine(question: Question, scores: Scores): Html {
  const { text, share } = levelTexts[levelOf(question, scores)];
  return html`<p class="level"><i class="pie" style="--share:${share}" aria-hidden="true"></i>${text}</p>`;
}
