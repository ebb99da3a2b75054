import * as Plot from "@observablehq/plot";
import { shortfall } from "../../metrics/mainFigure.js";
import type { Shown } from "../../metrics/metric.js";
import { optionOf } from "../../settings.js";
import { type Drawing, FONT_SIZE } from "../drawing/drawing.js";
import { plot } from "../drawing/plot.js";
import { coloursOf } from "./goodness.js";
import { axisOf, numbersAxis, type PlacedAxis } from "./placedAxis.js";
import { type RankedSetting, spreadIn } from "./ranking.js";
import { settingText } from "./settingText.js";

const WIDTH = 1030;
const HEIGHT = 380;
/** Figures beside the main one that have axes. */
const MOST_FIGURES = 3;

/** An axis of a setting or a figure, and where a setting lies on it. */
interface Coordinate {
  readonly axis: PlacedAxis;
  readonly of: (one: RankedSetting) => number | null;
}

/**
 * A line for each setting, from what was chosen to what came of it, coloured by the mean of the figure that settings are compared by. On the
 * axes of figures better is higher.
 * @param varied the settings that vary
 * @param shown figures, that which settings are compared by first
 */
export function parallelCoordinates(
  ranked: readonly RankedSetting[],
  varied: readonly string[],
  shown: readonly Shown[],
): Drawing | undefined {
  const [by] = shown;
  if (!by) return undefined;
  const drawn = ranked.filter((one) => spreadIn(one, by) !== null);
  const means = drawn.flatMap((one) => spreadIn(one, by)?.mean ?? []);
  const losses = [...new Set(drawn.map(({ loss }) => loss))];
  const figures = shown.filter(({ better }) => better !== "none").slice(0, 1 + MOST_FIGURES);
  const coordinates = [
    ...(losses.length > 1 ? [ofChoice("loss", drawn, ({ loss }) => loss)] : []),
    ...varied.map((name) => ofChoice(optionOf(name), drawn, ({ settings }) => settings[name])),
    ...figures.map((figure) => ofFigure(figure, drawn)),
  ];
  const labels = coordinates.map(({ axis }) => axis.label);
  const colour = coloursOf(by, means);
  // Best last, so that it lies on top.
  const lines = drawn.toReversed().map((one, index) => ({
    points: coordinates.map(({ axis, of }) => ({ x: axis.label, y: of(one) })),
    stroke: colour(spreadIn(one, by)?.mean ?? Number.NaN),
    strokeWidth: index === drawn.length - 1 ? 3.5 : 1.5,
    title: settingText(one),
  }));
  const ticks = coordinates.flatMap(({ axis }) => axis.ticks.map(({ at, text }) => ({ x: axis.label, y: at, text })));
  return plot({
    ...{ width: WIDTH, height: HEIGHT, marginLeft: 70, marginRight: 70, marginTop: 40, marginBottom: 16 },
    style: { fontSize: `${FONT_SIZE}px` },
    x: { type: "point", domain: labels, axis: null, padding: 0 },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleX(labels, { strokeOpacity: 0.35 }),
      lines.map(({ points, stroke, strokeWidth }) => [
        Plot.line(points, { x: "x", y: "y", stroke, strokeWidth, strokeOpacity: 0.85, strokeLinejoin: "round" }),
        Plot.dot(points, { x: "x", y: "y", fill: stroke, r: strokeWidth }),
      ]),
      Plot.text(ticks, {
        ...{ x: "x", y: "y", text: "text", textAnchor: "end", dx: -8, fill: "currentColor" },
        ...{ stroke: "var(--paper, #fff)", strokeWidth: 4, strokeOpacity: 0.9 },
      }),
      Plot.text(labels, {
        ...{ x: (label: string) => label, y: () => 1, text: (label: string) => label, dy: -24 },
        fontWeight: 600,
      }),
    ],
  });
}

function ofChoice(
  label: string,
  drawn: readonly RankedSetting[],
  of: (one: RankedSetting) => RankedSetting["settings"][string] | undefined,
): Coordinate {
  const axis = axisOf(
    label,
    drawn.map(of).filter((value) => value !== undefined),
  );
  return { axis, of: (one) => axis.place(of(one)) };
}

/** Best is at the top, whichever way that is. */
function ofFigure(figure: Shown, drawn: readonly RankedSetting[]): Coordinate {
  const mean = (one: RankedSetting) => spreadIn(one, figure)?.mean ?? null;
  const means = drawn.map(mean).filter((value) => value !== null);
  const { isLogarithmic, place, ticks } = numbersAxis(figure.head, means);
  const turned = shortfall(figure, 1) > shortfall(figure, 0);
  const at = (place: number) => (turned ? 1 - place : place);
  return {
    axis: { label: figure.head, isLogarithmic, place, ticks: ticks.map((tick) => ({ ...tick, at: at(tick.at) })) },
    of: (one) => {
      const placed = place(mean(one) ?? undefined);
      return placed === null ? null : at(placed);
    },
  };
}
