import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MARK_PATHS } from "../../../src/report/drawing/marks.js";
import { number, percent, whole } from "../language/format.js";
import { language, text } from "../language/index.js";
import { Explain, type Term } from "../lessons/index.js";
import { theme } from "../scene/theme.js";
import type { Scale } from "./axis.js";
import "./charts.css";
import { type Curve, valueAt } from "./curve.js";
import { createPlot, type Plot } from "./plot.js";
import { readAt, type SharedTime } from "./time.js";
import { giveUpTurn, takeTurn } from "./turns.js";

export interface TimeChartProps {
  readonly title: string;
  /** What the title explains. */
  readonly term?: Term | undefined;
  readonly curves: readonly Curve[];
  /** Default: "linear". */
  readonly scale?: Scale;
  /** A dashed line all along: what the figure should be. */
  readonly mark?: number | undefined;
  /** What a linear axis ends at, where figures go beyond. Default: all are seen. */
  readonly most?: number | undefined;
  readonly time: SharedTime;
}

/** As high as the page gives room, and no less than this, in pixels. */
const LEAST_HEIGHT = 132;

/** Curves over iterations. Dragging zooms, a double click shows all; both hold for all charts of the same time. */
export function TimeChart({ title, term, curves, scale = "linear", mark, most, time }: TimeChartProps) {
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const looks = curves.map(({ label, color, dash }) => `${label} ${color} ${dash}`).join();

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width: Math.floor(width), height: Math.max(LEAST_HEIGHT, Math.floor(height)) });
    });
    observer.observe(room.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const formatValue = scale === "share" ? percent : (value: number) => number(value, 3);
    const iterations = text().charts.iterations;
    const options = { scale, time, width, height, mark, most, iterations, formatIteration: whole, formatValue };
    const made = createPlot(room.current!, curves, options);
    plot.current = made;
    return () => {
      plot.current = null;
      made.close();
    };
  }, [width, height, looks, scale, mark, most, time, theme(), language.value]);
  useEffect(() => {
    const draw = () => plot.current?.show(curves);
    takeTurn(draw);
    return () => giveUpTurn(draw);
  }, [curves, width, height, looks, most, theme(), language.value]);
  useEffect(() => {
    const follow = () => plot.current?.follow();
    const leave = [time.range, time.cursor, time.past].map((signal) => signal.subscribe(follow));
    return () => {
      for (const stop of leave) stop();
    };
  }, [time]);

  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{term ? <Explain term={term}>{title}</Explain> : title}</span>
        <Legend curves={curves} time={time} />
      </figcaption>
      <div ref={room} class="chart-room" />
    </figure>
  );
}

/** What the curves are called, and what they are at the cursor, or else at the end. */
function Legend({ curves, time }: Pick<TimeChartProps, "curves" | "time">) {
  const at = readAt(time);
  return (
    <ul class="chart-legend">
      {curves.map((curve) => {
        const value = valueAt(curve, at);
        const color = curve.color.startsWith("--") ? `var(${curve.color})` : curve.color;
        return (
          <li key={curve.label}>
            <Swatch curve={curve} color={color} />
            {curve.label} <b>{value === null || !Number.isFinite(value) ? "–" : curve.format(value)}</b>
          </li>
        );
      })}
    </ul>
  );
}

/** A piece of a curve, with what stands at its end. */
function Swatch({ curve: { dash, dots, mark, hollow }, color }: { readonly curve: Curve; readonly color: string }) {
  return (
    <svg width="30" height="10" style={{ fill: color, stroke: color }} aria-hidden="true">
      <line x1="0" y1="5" x2="30" y2="5" stroke-dasharray={dash?.join(" ")} />
      {dots && [2.5, 27.5].map((x) => <circle key={x} cx={x} cy={5} r={2.5} stroke="none" />)}
      {mark && <path d={MARK_PATHS[mark]} class={hollow ? "hollow" : "solid"} transform="translate(15,5)" />}
    </svg>
  );
}
