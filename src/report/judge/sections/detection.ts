import type { Detection } from "../../../judge/results.js";
import { formatCount } from "../../format.js";
import { type Html, html } from "../../page/html.js";
import { singleBars } from "../bars.js";
import { gaugeRows } from "../gauge.js";
import { dataText } from "../names.js";

const MODEL_NAMES = { logistic: "Logistic regression", network: "Neural network", trees: "Boosted trees" } as const;
const COLUMNS = 12;

/** How well each model tells the tables apart, and which columns it goes by. */
export function detectionSection({ models, rows, folds, columns }: Detection): Html {
  const telling = columns.filter(({ loss }) => loss >= 0.0005).slice(0, COLUMNS);
  const aucs = models.map(({ name, auc }) => ({
    label: MODEL_NAMES[name],
    figures: auc,
    reference: { at: 0.5, text: "a guess" },
  }));
  return html`<div class="row wide">
    <div><h3>How well models tell the rows apart</h3>
      <p class="caption">Area under the ROC curve: of a real and a synthetic row, how often a model finds out which is which. Bars begin at 0.5, a guess. ${formatCount(rows)} rows of each table, ${formatCount(folds)}-fold cross-validation.</p>
      ${gaugeRows(aucs, { from: 0.5, to: 1 }, (value) => value.toFixed(3))}</div>
    <div><h3>Columns that give them away</h3>
      <p class="caption">How much of that area the boosted trees lose when the column is shuffled.</p>
      ${
        telling.length > 0
          ? singleBars(telling.map(({ name, loss }) => ({ label: dataText(name), value: loss, text: loss.toFixed(3) })))
          : html`<p>No column by itself gives the rows away.</p>`
      }</div>
  </div>`;
}
