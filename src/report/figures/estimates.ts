import * as Plot from "@observablehq/plot";
import { type EstimatePair, estimatePairs, type SettledPair, settledPairs } from "../../metrics/estimatePairs.js";
import {
  estimatePearson,
  estimateSpearman,
  lateEstimatePearson,
  lateEstimateSpearman,
  settledPearson,
  settledSpearman,
} from "../../metrics/estimateQuality.js";
import type { Summary } from "../../metrics/metric.js";
import { UNITS } from "../../metrics/units.js";
import { caption, type Drawing, FIGURE_WIDTH, FONT_SIZE, stack } from "../drawing/drawing.js";
import { type LegendEntry, legend } from "../drawing/legend.js";
import { plot } from "../drawing/plot.js";
import { linearAxis, robustAxis } from "../drawing/scale.js";
import { formatCorrelation } from "../format.js";
import { scoresAreDistances } from "../looks.js";
import { floorOf, type Group, meanOf } from "../summary.js";
import type { Figure } from "./figure.js";

const HEIGHT = 300;
const SETTLED = "currentColor";
/** An estimate this many times as large as the largest distance goes on a scale that bends. */
const TOO_LARGE = 50;

/** The estimates of each W-loss over the exact distances, one dot an evaluation, with their correlation. */
export function estimateFigures(groups: readonly Group[]): Figure[] {
  return groups.flatMap((group) => {
    const { look } = group;
    const all = correlationText(group, estimatePearson, estimateSpearman);
    const late = correlationText(group, lateEstimatePearson, lateEstimateSpearman);
    if (all === null) return [];
    const settled = correlationText(group, settledPearson, settledSpearman);
    const texts = [
      `${settled ? "Running, all" : "All"} evaluations: ${all}`,
      ...(late ? [`Second half: ${late}`] : []),
      ...(settled ? [`Settled: ${settled}`] : []),
    ];
    return [
      {
        name: `estimate-over-distance-${look.name}`,
        alt: `${look.label}: the Wasserstein estimate over the exact Earth mover's distance. ${texts.join(". ")}.`,
        drawing: stack([...texts.map((text) => caption(text, FIGURE_WIDTH)), drawPairs(group)]),
        look,
      },
    ];
  });
}

/**
 * The factor k that brings k times the exact distance nearest to the estimate, by least squares; `null` where it is not above 0. Of
 * settled estimates and debiased distances where there are any: a critic that lags says too little.
 */
export function slopeThroughOrigin(group: Group): number | null {
  const settled = settledOf(group);
  const pairs = settled.length > 0 ? settled : pairsOf(group);
  const product = pairs.reduce((sum, { estimate, emd }) => sum + estimate * emd, 0);
  const slope = product / pairs.reduce((sum, { emd }) => sum + emd * emd, 0);
  return Number.isFinite(slope) && slope > 0 ? slope : null;
}

function drawPairs(group: Group): Drawing {
  const { look } = group;
  const pairs = pairsOf(group);
  const settled = settledOf(group);
  const floor = floorOf([group]);
  const farthest = Math.max(...[...pairs, ...settled].map(({ emd }) => emd));
  const estimates = [...pairs, ...settled].map(({ estimate }) => estimate);
  const y = robustAxis(scoresAreDistances(look) ? [...estimates, farthest] : estimates, TOO_LARGE * farthest, [0]);
  const equal = [0, farthest].map((distance) => ({ emd: distance, estimate: distance }));
  const at = { x: "emd", y: "estimate", clip: true };
  const entries: LegendEntry[] = [
    { label: "running, over exact", color: look.color, shape: "dot", mark: look.mark },
    { label: "settled, over debiased exact", color: SETTLED, shape: "dot", mark: "diamond" },
  ];
  const chart = plot({
    width: FIGURE_WIDTH,
    height: HEIGHT,
    marginLeft: 58,
    marginRight: 20,
    marginTop: 34,
    marginBottom: 40,
    style: { fontSize: `${FONT_SIZE}px` },
    x: {
      ...{ ...linearAxis([farthest, ...settled.map(({ emd }) => emd)], [0]) },
      ...{ label: `exact Earth mover's distance (${UNITS})`, labelArrow: "none", labelAnchor: "center", tickSize: 4 },
    },
    y: { ...y, label: `Wasserstein estimate (${UNITS})`, labelArrow: "none", tickSize: 0 },
    color: { type: "identity" },
    marks: [
      Plot.gridY({ ticks: y.ticks as number[], strokeOpacity: 0.13 }),
      Plot.ruleY([0], { strokeOpacity: 0.35 }),
      floor !== null
        ? [
            Plot.ruleX([floor], { strokeOpacity: 0.35 }),
            Plot.text([floor], { x: (d) => d, text: () => "floor", frameAnchor: "top", textAnchor: "start", dx: 4 }),
          ]
        : null,
      Plot.line(equal, { ...at, strokeDasharray: "2 4", strokeOpacity: 0.8 }),
      Plot.dot(pairs, {
        ...at,
        r: 3.5,
        symbol: look.mark,
        stroke: look.color,
        strokeWidth: 1.5,
        fill: ({ late }: EstimatePair) => (late ? look.color : "none"),
      }),
      Plot.dot(settled, { ...at, r: 4, symbol: "diamond", fill: SETTLED }),
    ],
  });
  return settled.length > 0 ? stack([legend(entries), chart]) : chart;
}

/** "Pearson 0.98, Spearman 0.95", means over the seeds; `null` where no run of the pairing has a correlation. */
function correlationText(group: Group, pearson: Summary, spearman: Summary): string | null {
  const [linear, ofRanks] = [meanOf(group.runs, pearson.of), meanOf(group.runs, spearman.of)];
  if (linear === null || ofRanks === null) return null;
  return `Pearson ${formatCorrelation(linear)}, Spearman ${formatCorrelation(ofRanks)}`;
}

function pairsOf({ runs }: Group): EstimatePair[] {
  return runs.flatMap(({ history }) => estimatePairs(history));
}

function settledOf({ runs }: Group): SettledPair[] {
  return runs.flatMap(({ history }) => settledPairs(history));
}
