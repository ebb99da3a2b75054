import type { LossName } from "../../losses/index.js";
import type { LegendEntry } from "../drawing/legend.js";
import { linearAxis, robustAxis } from "../drawing/scale.js";
import { timeChart } from "../drawing/timeChart.js";
import type { Group } from "../summary.js";
import { slopeThroughOrigin } from "./estimates.js";
import type { Figure } from "./figure.js";
import { lineOf } from "./overTime.js";

const INK = "currentColor";
const DASHED = "6 4";
/** A value this many times as large as what it is compared with goes on a scale that bends. */
const TOO_LARGE = 20;

/** The values of each game that a run is compared with: where nothing can be told apart, and where everything can. */
const REFERENCES: Readonly<Record<LossName, readonly { readonly y: number; readonly text: string }[]>> = {
  bce: jensenShannon(),
  "bce-ns": jensenShannon(),
  hinge: [
    { y: -2, text: "equal" },
    { y: 0, text: "disjoint" },
  ],
  ls: [
    { y: 0.25, text: "equal" },
    { y: 0, text: "disjoint" },
  ],
  wasserstein: [],
};

/**
 * The value of each pairing's game, which the Wasserstein estimate is for a W-loss, beside the exact Earth mover's distance. Clipped
 * weights multiply the estimate by a slope that nobody knows: it has a scale of its own, by the slope that fits best.
 */
export function valuesOverTime(groups: readonly Group[]): Figure[] {
  return groups.map((group) => {
    const { look, runs } = group;
    const estimates = look.loss.name === "wasserstein";
    const factor = estimates && look.constraint === "clip" ? slopeThroughOrigin(group) : null;
    const scaled = (value: number | null) => (value === null ? null : value / (factor ?? 1));
    const lines = [
      ...runs.map((run) => lineOf(run, ({ emd }) => emd, INK)),
      ...runs.map((run) => lineOf(run, ({ heldOutEstimate }) => scaled(heldOutEstimate), look.color, DASHED)),
      ...runs.map((run) => lineOf(run, ({ value }) => scaled(value), look.color)),
    ].filter(({ points }) => points.length > 0);
    const exact = lines.some(({ color }) => color === INK);
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const references = REFERENCES[look.loss.name];
    const distances = runs.flatMap(({ history }) => history.map(({ emd }) => emd ?? 0)).filter(Number.isFinite);
    const limit = distances.some((emd) => emd > 0) ? TOO_LARGE * Math.max(...distances, 1) : Infinity;
    const entries: LegendEntry[] = [
      { label: estimates ? "Wasserstein estimate" : "value of the game", color: look.color },
      ...(lines.some(({ dash }) => dash === DASHED) ? [{ label: "held-out", color: look.color, dash: DASHED }] : []),
      ...(exact ? [{ label: estimates ? "exact" : "exact distance", color: INK }] : []),
    ];
    const drawing = timeChart({
      label: estimates ? "distance" : exact ? "value of the game, and distance" : "value of the game",
      axis: robustAxis([...values, ...references.map(({ y }) => y)], limit, [0]),
      lines,
      references,
      ...(factor !== null && { right: { label: "estimate", factor, color: look.color } }),
      legend: entries,
      seeds: runs.length,
    });
    return {
      name: `value-${look.name}`,
      alt: `${look.label}: its value beside the exact Earth mover's distance`,
      drawing,
      look,
    };
  });
}

/** What the two players minimise. */
export function lossesOverTime(groups: readonly Group[]): Figure[] {
  return groups.map(({ look, runs }) => {
    const player = look.loss.output === "probability" ? "discriminator" : "critic";
    const lines = [
      ...runs.map((run) => lineOf(run, ({ generatorLoss }) => generatorLoss, INK)),
      ...runs.map((run) => lineOf(run, ({ criticLoss }) => criticLoss, look.color)),
    ];
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const drawing = timeChart({
      label: "loss",
      axis: robustAxis(values, 1e3, [0]),
      lines,
      legend: [
        { label: player, color: look.color },
        { label: "generator", color: INK },
      ],
      seeds: runs.length,
    });
    return { name: `losses-${look.name}`, alt: `${look.label}: the losses of both players`, drawing, look };
  });
}

/** The range of the network's outputs on real and on generated samples, of the first seed. */
export function outputsOverTime(groups: readonly Group[]): Figure[] {
  return groups.map(({ look, runs }) => {
    const { history } = runs[0]!;
    const probability = look.loss.output === "probability";
    const bandOf = (of: (evaluation: (typeof history)[number]) => readonly [number, number], color: string) => ({
      points: history.map((evaluation) => ({
        x: evaluation.iteration,
        low: of(evaluation)[0],
        high: of(evaluation)[1],
      })),
      color,
    });
    const bands = [
      bandOf(({ realScoreRange }) => realScoreRange, INK),
      bandOf(({ fakeScoreRange }) => fakeScoreRange, look.color),
    ];
    const lines = bands.flatMap(({ points, color }) => [
      { points: points.map(({ x, low }) => ({ x, y: low })), color },
      { points: points.map(({ x, high }) => ({ x, y: high })), color },
    ]);
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const drawing = timeChart({
      label: probability ? "probability of being real" : "score",
      axis: probability ? linearAxis([], [0, 1]) : robustAxis(values, 1e3),
      lines,
      bands,
      legend: [
        { label: "on real samples", color: INK, shape: "band" },
        { label: "on generated samples", color: look.color, shape: "band" },
      ],
      // Two edges of a band, drawn as thin as the lines of several seeds.
      seeds: 2,
    });
    return {
      name: `outputs-${look.name}`,
      alt: `${look.label}: the range of outputs on real and generated samples`,
      drawing,
      look,
    };
  });
}

function jensenShannon() {
  return [
    { y: -Math.log(4), text: "equal" },
    { y: 0, text: "disjoint" },
  ];
}
