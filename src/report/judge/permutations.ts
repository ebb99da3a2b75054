import * as Plot from "@observablehq/plot";
import { type Drawing, FONT_SIZE, REAL } from "../drawing/drawing.js";
import { plot } from "../drawing/plot.js";
import { extent, formatTick } from "../drawing/scale.js";
import { SYNTHETIC } from "./histogram.js";

/** Statistics under permutation as a histogram, and the one that was observed as a line. */
export function drawPermutations(permuted: readonly number[], observed: number): Drawing {
  const [low, high] = extent([...permuted, observed]);
  const margin = (high - low) / 12 || Math.abs(high) / 12 || 1;
  const domain: [number, number] = [low - margin, high + margin];
  return plot({
    width: 420,
    height: 170,
    marginLeft: 12,
    marginRight: 12,
    marginTop: 26,
    marginBottom: 44,
    style: { fontSize: `${FONT_SIZE}px` },
    x: {
      ...{ type: "linear", domain, ticks: 5, tickFormat: formatTick, tickSize: 4 },
      ...{ label: "Earth mover's distance", labelAnchor: "center", labelArrow: "none", labelOffset: 38 },
    },
    y: { axis: null },
    color: { type: "identity" },
    marks: [
      Plot.rectY(
        permuted,
        Plot.binX<Plot.RectYOptions>(
          { y: "count" },
          { x: (value: number) => value, thresholds: 40, domain, fill: REAL, fillOpacity: 0.7, inset: 0 },
        ),
      ),
      Plot.ruleY([0], { strokeOpacity: 0.4 }),
      Plot.ruleX([observed], { stroke: SYNTHETIC, strokeWidth: 2.5 }),
      Plot.text([observed], { x: (value) => value, text: () => "measured", frameAnchor: "top", dy: -18 }),
    ],
  });
}
