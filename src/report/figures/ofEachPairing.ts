import { opponentUnder } from "../../losses/loss.js";
import { emd } from "../../metrics/exactDistances.js";
import { criticLoss, generatorLoss, value } from "../../metrics/losses.js";
import type { HasFigures, Range } from "../../metrics/metric.js";
import { fakeScoreRange, realScoreRange } from "../../metrics/scoreRange.js";
import { UNITS } from "../../metrics/units.js";
import { linearAxis, robustAxis } from "../drawing/scale.js";
import { timeChart } from "../drawing/timeChart.js";
import type { Look } from "../looks.js";
import { floorOf, type Group } from "../summary.js";
import { estimateOverTime } from "./estimateOverTime.js";
import type { Figure } from "./figure.js";
import { lineOf } from "./overTime.js";

const INK = "currentColor";
const DASHED = "6 4";
/** A value this many times as large as what it is compared with goes on a scale that bends. */
const TOO_LARGE = 20;

/** The value of each pairing's game beside the exact Earth mover's distance, which a W-critic's value estimates. */
export function valuesOverTime(groups: readonly Group[]): Figure[] {
  return groups.flatMap((group) =>
    group.look.loss.estimatesDistance ? estimateOverTime(group) : valueOverTime(group),
  );
}

function valueOverTime(group: Group): Figure {
  const { look, runs } = group;
  const floor = floorOf([group]);
  const exact = runs.map((run) => lineOf(run, emd.of, { color: INK })).filter(({ points }) => points.length > 0);
  const lines = [
    ...exact,
    ...(floor === null ? [] : runs.slice(0, 1).map((run) => lineOf(run, () => floor, { color: INK, dash: DASHED }))),
    ...runs.map((run) => lineOf(run, value.of, { color: look.color, mark: look.mark })),
  ];
  const references = referencesOf(look);
  const distances = runs.flatMap(({ history }) => history.map((one) => emd.of(one) ?? 0)).filter(Number.isFinite);
  const limit = distances.some((distance) => distance > 0) ? TOO_LARGE * Math.max(...distances, 1) : Infinity;
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  return {
    name: `value-${look.name}`,
    alt: `${look.label}: the value of its game${exact.length > 0 ? ` beside the exact Earth mover's distance, in ${UNITS}` : ""}`,
    drawing: timeChart({
      label: exact.length > 0 ? `value of the game, and distance (${UNITS})` : "value of the game",
      axis: robustAxis([...values, ...references.map(({ y }) => y)], limit, [0]),
      lines,
      references,
      legend: [
        { label: "value of the game", color: look.color, mark: look.mark },
        ...(exact.length > 0 ? [{ label: "exact distance", color: INK }] : []),
        ...(floor === null ? [] : [{ label: "its floor", color: INK, dash: DASHED }]),
      ],
      seeds: runs.length,
    }),
    look,
  };
}

/** What the two players minimise. */
export function lossesOverTime(groups: readonly Group[]): Figure[] {
  return groups.map(({ look, runs }) => {
    const player = opponentUnder(look.loss);
    const lines = [
      ...runs.map((run) => lineOf(run, generatorLoss.of, { color: INK })),
      ...runs.map((run) => lineOf(run, criticLoss.of, { color: look.color, mark: look.mark })),
    ];
    const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
    const drawing = timeChart({
      label: "loss",
      axis: robustAxis(values, 1e3, [0]),
      lines,
      legend: [
        { label: player, color: look.color, mark: look.mark },
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
    const history = runs.slice(0, 1).flatMap((run) => run.history);
    const probability = look.loss.output === "probability";
    const bandOf = (of: (holder: HasFigures) => Range | null, color: string) => ({
      points: history.flatMap((evaluation) => {
        const [low, high] = of(evaluation) ?? [];
        return low === undefined || high === undefined ? [] : [{ x: evaluation.iteration, low, high }];
      }),
      color,
    });
    const bands = [bandOf(realScoreRange.of, INK), bandOf(fakeScoreRange.of, look.color)];
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

/** The values of a game that a run is compared with: where nothing can be told apart, and where everything can. */
function referencesOf({ loss: { references } }: Look) {
  if (!references) return [];
  return [
    { y: references.equal, text: "equal" },
    { y: references.disjoint, text: "disjoint" },
  ];
}
