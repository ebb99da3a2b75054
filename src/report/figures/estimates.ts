import * as Plot from "@observablehq/plot";
import { type EstimatePair, estimatePairs } from "../../metrics/estimates.js";
import { caption, FIGURE_WIDTH, FONT_SIZE, plot, stack } from "../drawing/drawing.js";
import { linearAxis, robustAxis } from "../drawing/scale.js";
import { formatCount, formatSpread } from "../format.js";
import { scoresAreDistances } from "../looks.js";
import { type Group, meanOf } from "../summary.js";
import type { Figure } from "./figure.js";

const HEIGHT = 300;
const FAINTEST = 0.25;
/** An estimate this many times as large as the largest distance goes on a scale that bends. */
const TOO_LARGE = 50;

/** The estimates of each W-loss over the exact distances, one dot an evaluation, with their correlation. */
export function estimateFigures(groups: readonly Group[]): Figure[] {
  return groups.flatMap((group) => {
    const { look } = group;
    const correlation = correlationText(group);
    if (correlation === null) return [];
    return [
      {
        name: `estimate-over-distance-${look.name}`,
        alt: `${look.label}: the Wasserstein estimate over the exact Earth mover's distance. ${correlation}`,
        drawing: stack([caption(correlation, FIGURE_WIDTH), drawPairs(group)]),
        look,
      },
    ];
  });
}

/** The factor k that brings k times the exact distance nearest to the estimate, by least squares; `null` where it is not above 0. */
export function slopeThroughOrigin(group: Group): number | null {
  const pairs = pairsOf(group);
  const product = pairs.reduce((sum, { estimate, emd }) => sum + estimate * emd, 0);
  const slope = product / pairs.reduce((sum, { emd }) => sum + emd * emd, 0);
  return Number.isFinite(slope) && slope > 0 ? slope : null;
}

function drawPairs(group: Group) {
  const { look } = group;
  const pairs = pairsOf(group);
  const distances = pairs.map(({ emd }) => emd);
  const estimates = pairs.map(({ estimate }) => estimate);
  const last = Math.max(...pairs.map(({ iteration }) => iteration));
  const farthest = Math.max(...distances);
  const line = [
    { x: 0, y: 0 },
    { x: farthest, y: farthest },
  ];
  const shown = scoresAreDistances(look) ? [...estimates, farthest] : estimates;
  return plot({
    width: FIGURE_WIDTH,
    height: HEIGHT,
    marginLeft: 58,
    marginRight: 20,
    marginTop: 28,
    marginBottom: 40,
    style: { fontSize: `${FONT_SIZE}px` },
    x: {
      ...{ ...linearAxis(distances, [0]), label: "exact Earth mover's distance" },
      ...{ labelArrow: "none", labelAnchor: "center", tickSize: 4 },
    },
    y: {
      ...{ ...robustAxis(shown, TOO_LARGE * farthest, [0]), label: "Wasserstein estimate" },
      ...{ labelArrow: "none", tickSize: 0 },
    },
    opacity: { type: "identity" },
    marks: [
      Plot.gridY({ strokeOpacity: 0.13 }),
      Plot.ruleY([0], { strokeOpacity: 0.35 }),
      Plot.line(line, { x: "x", y: "y", strokeDasharray: "2 4", strokeOpacity: 0.8, clip: true }),
      Plot.dot(pairs, {
        x: "emd",
        y: "estimate",
        r: 3.5,
        fill: look.color,
        fillOpacity: ({ iteration }: EstimatePair) => FAINTEST + ((1 - FAINTEST) * iteration) / last,
      }),
    ],
  });
}

/** "Pearson 0.98, Spearman 0.95, over 30 evaluations"; `null` where no run of the pairing has a correlation. */
function correlationText(group: Group): string | null {
  const pearson = meanOf(group, (run) => run.estimateCorrelation?.pearson ?? null);
  const spearman = meanOf(group, (run) => run.estimateCorrelation?.spearman ?? null);
  if (pearson === null || spearman === null) return null;
  const count = formatCount(pairsOf(group).length);
  return `Pearson ${formatSpread(pearson)}, Spearman ${formatSpread(spearman)}, over ${count} evaluations`;
}

function pairsOf({ runs }: Group): EstimatePair[] {
  return runs.flatMap(({ history }) => estimatePairs(history));
}
