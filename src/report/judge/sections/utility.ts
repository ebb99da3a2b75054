import type { Utility } from "../../../judge/results.js";
import { printable } from "../../../quoting.js";
import { formatCount } from "../../format.js";
import { type Html, html } from "../../page/html.js";
import { gaugeRows } from "../gauge.js";
import { measureNames } from "../sentences.js";

const SUMMARIES = {
  auc: "area under the ROC curve",
  f1: "harmonic mean of precision and recall",
  r2: "share of the variance that is explained",
} as const;

/** What models get that learned from each of the tables. @param hasHoldout whether they were tested on rows of a holdout */
export function utilitySection({ target, chosen, measures, rows }: Utility, hasHoldout: boolean): Html {
  const named = measures.map(({ name, value, guess }) => ({
    label: `${measureNames[name]}, ${SUMMARIES[name]}`,
    figures: value,
    reference: { at: guess, text: "without learning anything" },
  }));
  return html`<p class="caption">What is predicted: <b>${printable(target)}</b>${!chosen && html` (taken because no other was asked for by <code>--target</code>)`}. Models learn from ${formatCount(rows.training)} rows of each table and are tested on ${formatCount(rows.test)} real rows that none of them has seen${!hasHoldout && ", although synthetic rows may have been made from them"}; 1 is best.</p>
    <div class="narrow">${gaugeRows(named, { from: 0, to: 1 }, (value) => value.toFixed(3).replace("-", "−"))}</div>`;
}
