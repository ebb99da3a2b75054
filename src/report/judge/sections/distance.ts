import type { Distance } from "../../../judge/results.js";
import { extent } from "../../drawing/scale.js";
import { formatCount, formatNumber } from "../../format.js";
import { type Html, html } from "../../page/html.js";
import { picture } from "../../page/picture.js";
import { gaugeRows } from "../gauge.js";
import { drawPermutations } from "../permutations.js";

/** The distance beside those of its yardsticks, and what it would be by chance. */
export function distanceSection({ distance, rows, sets, pValue, permutations, observed, permuted }: Distance): Html {
  const [, to] = extent([distance.synthetic.high, distance.independent.high, distance.real.high]);
  const verdict =
    pValue > 0.05
      ? "The distance is one that chance makes often: by this test the tables cannot be told apart."
      : "Chance alone hardly makes such a distance: the tables differ.";
  return html`<div class="row wide">
    <div><h3>From real rows</h3>
      <p class="caption">The exact Earth mover's distance from ${formatCount(rows)} real rows, the mean over ${formatCount(sets)} sets. Real rows are the floor: no table can be expected to lie nearer.</p>
      ${gaugeRows([{ label: "Earth mover's distance", figures: distance }], { from: 0, to }, formatNumber)}</div>
    <div><h3>Could it be chance?</h3>
      <p class="caption">Grey, the distances of ${formatCount(permutations)} shuffles of all rows among the two sets; the line is what was measured. p = ${pValue.toFixed(3)}. ${verdict}</p>
      ${picture(drawPermutations(permuted, observed), `${formatCount(permutations)} distances between shuffled rows, and the distance that was measured, ${formatNumber(observed)}.`)}</div>
  </div>`;
}
