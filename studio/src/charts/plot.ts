import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { MARK_PATHS } from "../../../src/report/drawing/marks.js";
import { axisRange, ITERATION_STEPS, type Scale, SMALLEST } from "./axis.js";
import { type Curve, extentOf, indexAt } from "./curve.js";
import { type Range, readAt, type SharedTime } from "./time.js";

const EVERYTHING: Range = [0, Infinity];
/** Of the numbers beside a chart, the same for all so that charts above each other line up. */
const AXIS_WIDTH = 46;

/** An arrow to the left of a mark. */
const UPWARDS = "M-11,-5l4,5h-3v5h-2v-5h-3z";

export interface PlotOptions {
  readonly scale: Scale;
  readonly time: SharedTime;
  readonly width: number;
  readonly height: number;
  /** What is below the numbers of the lower axis. */
  readonly iterations: string;
  readonly formatIteration: (iteration: number) => string;
  readonly formatValue: (value: number) => string;
  /** Drawn all along: what a figure should be. */
  readonly mark?: number | undefined;
  /** What a linear axis ends at, where figures go beyond. */
  readonly most?: number | undefined;
}

/** A chart that is drawn by uPlot. */
export interface Plot {
  show(curves: readonly Curve[]): void;
  /** Brings the range and the cursor in line with the shared time. */
  follow(): void;
  close(): void;
}

/** Makes a chart for curves in number and looks as these. */
export function createPlot(element: HTMLElement, looks: readonly Curve[], options: PlotOptions): Plot {
  const { scale, time, width, height, iterations, formatIteration, formatValue, mark, most } = options;
  const color = (name: string) => (name.startsWith("--") ? pageColor(element, name) : name);
  const [muted, rule, page] = [color("--muted"), color("--rule-faint"), color("--page")];
  let drawn: readonly Curve[] = [];
  let data: uPlot.AlignedData = [[]];

  const placeCursor = (chart: uPlot) => {
    const at = readAt(time);
    chart.setCursor({ left: at === null ? -10 : chart.valToPos(at, "x"), top: at === null ? -10 : 0 }, false);
  };
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis: uPlot.Axis = {
    stroke: muted,
    font,
    grid: { stroke: rule, width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  const plot = new uPlot(
    {
      width,
      height,
      legend: { show: false },
      padding: [6, 18, 0, 0],
      scales: {
        x: {
          time: false,
          range: (_, low, high) => [...(time.range.value ?? [low ?? 0, Math.max(high ?? 0, (low ?? 0) + 1)])],
        },
        y: {
          distr: scale === "logarithmic" ? 3 : 1,
          // Not by the scale of x, which new data have not reached yet when this is asked.
          range: () => axisRange(scale, extentOf(drawn, time.range.value ?? EVERYTHING), most),
        },
      },
      axes: [
        {
          ...axis,
          size: 20,
          space: 70,
          incrs: [...ITERATION_STEPS],
          values: (_, at) => at.map(formatIteration),
          label: iterations,
          labelFont: font,
          labelSize: 15,
          labelGap: 0,
        },
        {
          ...axis,
          size: AXIS_WIDTH,
          space: scale === "logarithmic" ? 18 : 28,
          values: (_, at) => at.map((value) => (value === null ? "" : formatValue(value))),
        },
      ],
      series: [
        {},
        ...looks.map((curve) => ({
          stroke: color(curve.color),
          width: 1.75,
          dash: [...(curve.dash ?? [])],
          spanGaps: curve.dots === true,
          points: { show: curve.dots === true, size: 5 },
        })),
      ],
      cursor: {
        y: false,
        points: { size: 6 },
        // The dots lie where the legend reads its values.
        dataIdx: (_, series, hovered, at) =>
          series === 0 ? hovered : (indexAt(data[0], data[series]!, at) ?? hovered),
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            time.range.value = null;
            return null;
          },
        },
      },
      hooks: {
        drawAxes: [(chart) => mark !== undefined && drawLevel(chart, mark, muted)],
        draw: [
          (chart) => {
            drawEnds(chart, drawn, color, page);
            // By the scale that is drawn now: new data change it.
            placeCursor(chart);
          },
        ],
        setSelect: [
          (chart) => {
            const { left, width: across } = chart.select;
            if (across < 4) return;
            chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            time.range.value = [chart.posToVal(left, "x"), chart.posToVal(left + across, "x")];
          },
        ],
      },
    },
    data,
    element,
  );
  plot.root.setAttribute("aria-hidden", "true");
  // The pointer alone moves the shared cursor: new data under a pointer that rests do not.
  const point = ({ clientX }: PointerEvent) => {
    time.cursor.value = plot.posToVal(clientX - plot.over.getBoundingClientRect().left, "x");
  };
  const leave = () => {
    time.cursor.value = null;
  };
  plot.over.addEventListener("pointermove", point);
  plot.over.addEventListener("pointerleave", leave);

  const follow = () => {
    const [low, high] = time.range.value ?? ends(plot.data[0]);
    if (low !== plot.scales.x!.min || high !== plot.scales.x!.max) plot.setScale("x", { min: low, max: high });
    placeCursor(plot);
  };

  return {
    show(curves) {
      drawn = curves;
      data = aligned(drawn, scale);
      plot.setData(data);
      follow();
    },
    follow,
    close: () => plot.destroy(),
  };
}

/** A custom property that is a colour, as a canvas understands it. */
function pageColor(element: HTMLElement, name: string): string {
  element.style.color = `var(${name})`;
  const { color } = getComputedStyle(element);
  element.style.color = "";
  return color;
}

/** Curves over one row of iterations. */
function aligned(curves: readonly Curve[], scale: Scale): uPlot.AlignedData {
  const lowest = scale === "logarithmic" ? SMALLEST : -Infinity;
  const tables = curves.map(
    ({ iterations, values }): uPlot.AlignedData => [
      iterations as number[],
      values.map((value) => (value === null || !Number.isFinite(value) ? null : Math.max(value, lowest))),
    ],
  );
  const [first] = tables;
  if (!first) return [[]];
  const together = curves.every(({ iterations }) => iterations === curves[0]!.iterations);
  return together ? [first[0], ...tables.map(([, values]) => values!)] : uPlot.join(tables);
}

function ends(iterations: ArrayLike<number>): readonly [number, number] {
  const first = iterations[0] ?? 0;
  return [first, Math.max(iterations[iterations.length - 1] ?? 0, first + 1)];
}

function drawLevel({ ctx, bbox, valToPos }: uPlot, value: number, color: string): void {
  const y = Math.round(valToPos(value, "y", true)) + 0.5;
  if (!(y >= bbox.top && y <= bbox.top + bbox.height)) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** The marks of curves that have one, each at the last value that is seen; where that lies beyond, at the edge with an arrow that points there. */
function drawEnds(
  { ctx, bbox, data, scales, valToPos }: uPlot,
  curves: readonly Curve[],
  color: (name: string) => string,
  page: string,
) {
  const { min = -Infinity, max = Infinity } = scales.x!;
  for (const [i, { mark, hollow, color: name }] of curves.entries()) {
    const values = data[i + 1];
    if (!mark || !values) continue;
    let last = values.length - 1;
    while (last >= 0 && (values[last] == null || data[0][last]! > max)) last--;
    if (last < 0 || data[0][last]! < min) continue;
    ctx.save();
    const y = valToPos(values[last]!, "y", true);
    ctx.translate(valToPos(data[0][last]!, "x", true), Math.min(bbox.top + bbox.height, Math.max(bbox.top, y)));
    ctx.scale(devicePixelRatio, devicePixelRatio);
    const path = new Path2D(MARK_PATHS[mark]);
    ctx.fillStyle = hollow ? page : color(name);
    ctx.fill(path);
    if (y < bbox.top) ctx.fill(new Path2D(UPWARDS));
    if (hollow) {
      ctx.setLineDash([]);
      ctx.strokeStyle = color(name);
      ctx.lineWidth = 1.75;
      ctx.stroke(path);
    }
    ctx.restore();
  }
}
