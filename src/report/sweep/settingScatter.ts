import * as Plot from "@observablehq/plot";
import { numberNamed, type Shown } from "../../metrics/metric.js";
import { optionOf } from "../../settings.js";
import type { SettingValue } from "../../sweeps/settingChoice.js";
import { type Drawing, FIGURE_WIDTH, FONT_SIZE, stack } from "../drawing/drawing.js";
import { legend } from "../drawing/legend.js";
import { plot } from "../drawing/plot.js";
import { looksOf } from "../looks.js";
import { spreadOf } from "../summary.js";
import { axisOf, numbersAxis } from "./placedAxis.js";
import type { RankedSetting } from "./ranking.js";

const HEIGHT = 300;
/** Up to so many values have a mean each. */
const FEW = 12;

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly loss: string;
}

/**
 * A figure of every run over one setting: a dot a run in the colour of its loss, and a line through the means of each loss where a value has
 * several runs; runs that diverged are crosses at the upper edge.
 * @param of the value of a setting
 */
export function settingScatter(
  name: string,
  ranked: readonly RankedSetting[],
  figure: Shown,
  of: (one: RankedSetting) => SettingValue | undefined,
): Drawing | undefined {
  const measured = numberNamed(figure.name);
  const chosen = ranked.filter((one) => of(one) !== undefined && one.ended.length > 0);
  const runs = chosen.flatMap((one) => one.ended.map(({ result }) => ({ value: of(one), loss: one.loss, result })));
  const x = axisOf(
    optionOf(name),
    runs.flatMap(({ value }) => (value === undefined ? [] : [value])),
  );
  const values = runs.flatMap(({ result }) => (result.stopped === null ? (measured(result) ?? []) : []));
  if (values.length === 0) return undefined;
  const y = numbersAxis(figure.head, values);
  const placed = (list: typeof runs, at: (one: (typeof runs)[number]) => number | null) =>
    list.flatMap((one): Dot[] => {
      const [across, up] = [x.place(one.value), at(one)];
      return across === null || up === null ? [] : [{ x: across, y: up, loss: one.loss }];
    });
  const finished = runs.filter(({ result }) => result.stopped === null);
  const dots = placed(finished, ({ result }) => y.place(measured(result) ?? undefined));
  const crosses = placed(
    runs.filter(({ result }) => result.stopped !== null),
    () => 1.06,
  );
  const looks = looksOf([...new Set(runs.map(({ loss }) => loss))]);
  const chart = plot({
    ...{ width: FIGURE_WIDTH, height: HEIGHT, marginLeft: 64, marginRight: 28, marginTop: 30, marginBottom: 44 },
    style: { fontSize: `${FONT_SIZE}px` },
    x: { domain: [-0.04, 1.04], axis: null },
    y: { domain: [-0.04, 1.08], axis: null },
    marks: [
      Plot.ruleY(y.ticks, { y: "at", strokeOpacity: 0.13 }),
      Plot.text(y.ticks, { frameAnchor: "left", y: "at", text: "text", textAnchor: "end", dx: -8 }),
      Plot.text(x.ticks, { frameAnchor: "bottom", x: "at", text: "text", dy: 16 }),
      Plot.text([`${figure.head}${y.isLogarithmic ? ", logarithmic" : ""}`], {
        ...{ frameAnchor: "top-left", text: (label: string) => label, textAnchor: "start", dx: -56, dy: -24 },
      }),
      Plot.text([`${x.label}${x.isLogarithmic ? ", logarithmic" : ""}`], {
        ...{ frameAnchor: "bottom", text: (label: string) => label, dy: 36 },
      }),
      looks.map((look) => {
        const own = dots.filter(({ loss }) => loss === look.name);
        const means = meansOf(own);
        return [
          Plot.line(means.length < own.length && means.length <= FEW ? means : [], {
            x: "x",
            y: "y",
            stroke: look.color,
            strokeWidth: 2,
            strokeDasharray: look.dash,
          }),
          Plot.dot(own, { x: "x", y: "y", fill: look.color, symbol: look.mark, fillOpacity: 0.7, r: 3.5 }),
          Plot.dot(
            crosses.filter(({ loss }) => loss === look.name),
            { x: "x", y: "y", stroke: look.color, symbol: "times", strokeWidth: 2.5, r: 5 },
          ),
        ];
      }),
    ],
  });
  if (looks.length === 1) return chart;
  return stack([legend(looks.map(({ label, color, dash, mark }) => ({ label, color, dash, mark }))), chart]);
}

/** The mean place of the dots over each value, from left to right. */
function meansOf(dots: readonly Dot[]): readonly { readonly x: number; readonly y: number }[] {
  const values = [...new Set(dots.map(({ x }) => x))].sort((a, b) => a - b);
  return values.map((value) => ({
    x: value,
    y: spreadOf(dots.flatMap(({ x, y }) => (x === value ? [y] : [])))?.mean ?? 0,
  }));
}
