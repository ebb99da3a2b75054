import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { number, percent, whole } from "../language/format.js";
import { language } from "../language/index.js";
import { theme } from "../scene/theme.js";
import { Explain, type Term } from "../tour/index.js";
import type { Scale } from "./axis.js";
import "./charts.css";
import { type Curve, valueAt } from "./curve.js";
import { MARK_PATHS } from "./marks.js";
import { createPlot, type Plot } from "./plot.js";
import type { SharedTime } from "./time.js";
import { giveUpTurn, takeTurn } from "./turns.js";

export interface TimeChartProps {
  readonly title: string;
  /** What the question mark beside the title explains. */
  readonly term?: Term | undefined;
  readonly curves: readonly Curve[];
  /** Not drawn, but the axis makes room for them: the same figures of a run beside this one. */
  readonly beside?: readonly Curve[] | undefined;
  /** Default: "linear". */
  readonly scale?: Scale;
  /** A dashed line all along: what the figure should be. */
  readonly mark?: number | undefined;
  readonly time: SharedTime;
}

const NONE: readonly Curve[] = [];

/** Curves over iterations. Dragging zooms, a double click shows all; both hold for all charts of the same time. */
export function TimeChart({ title, term, curves, beside = NONE, scale = "linear", mark, time }: TimeChartProps) {
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(null);
  const [width, setWidth] = useState(0);
  const looks = curves.map(({ label, color, dash }) => `${label} ${color} ${dash}`).join();

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(room.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const formatValue = scale === "share" ? percent : (value: number) => number(value, 3);
    const options = { scale, time, width, mark, formatIteration: whole, formatValue };
    const made = createPlot(room.current!, curves, options);
    plot.current = made;
    return () => {
      plot.current = null;
      made.close();
    };
  }, [width, looks, scale, mark, time, theme(), language.value]);
  useEffect(() => {
    const draw = () => plot.current?.show(curves, beside);
    takeTurn(draw);
    return () => giveUpTurn(draw);
  }, [curves, beside, width, looks, theme(), language.value]);
  useEffect(() => {
    const follow = () => plot.current?.follow();
    const leave = [time.range.subscribe(follow), time.cursor.subscribe(follow)];
    return () => {
      for (const stop of leave) stop();
    };
  }, [time]);

  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{title}</span>
        {term && <Explain term={term} />}
        <Legend curves={curves} time={time} />
      </figcaption>
      <div ref={room} class="chart-room" />
    </figure>
  );
}

/** What the curves are called, and what they are at the cursor, or else at the end. */
function Legend({ curves, time }: Pick<TimeChartProps, "curves" | "time">) {
  const at = time.cursor.value;
  return (
    <ul class="chart-legend">
      {curves.map((curve) => {
        const value = valueAt(curve, at);
        const color = curve.color.startsWith("--") ? `var(${curve.color})` : curve.color;
        return (
          <li key={curve.label}>
            <svg width="18" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="18" y2="4" style={{ stroke: color }} stroke-dasharray={curve.dash?.join(" ")} />
              {curve.mark && <path d={MARK_PATHS[curve.mark]} transform="translate(9,4)" style={{ fill: color }} />}
            </svg>
            {curve.label} <b>{value === null || !Number.isFinite(value) ? "–" : curve.format(value)}</b>
          </li>
        );
      })}
    </ul>
  );
}
