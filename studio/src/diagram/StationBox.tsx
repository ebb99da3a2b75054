import type { ComponentChildren } from "preact";
import type { Box } from "../scene/pens/pen.js";
import type { Station } from "./stations.js";

/** A number of a station. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** Whether it is the size of a gradient. */
  readonly isGradient?: boolean;
}

export interface StationBoxProps {
  readonly station: Station;
  readonly box: Box;
  readonly title: string;
  readonly figures?: readonly Figure[];
  readonly isActive: boolean;
  readonly isDimmed: boolean;
  /** Below its name. */
  readonly note?: ComponentChildren;
  /** A small live picture. */
  readonly children?: ComponentChildren;
}

/** From this ratio of width to height on, its picture is beside its words, and not below them. */
const BESIDE = 1.6;

/** A station of the diagram: its name, its numbers, and a small picture. */
export function StationBox({ station, box, title, figures = [], isActive, isDimmed, note, children }: StationBoxProps) {
  const { x, y, width, height } = box;
  const kinds = ["station", station, width < BESIDE * height && "tall", isActive && "active", isDimmed && "dimmed"];
  return (
    <section
      class={kinds.filter(Boolean).join(" ")}
      data-station={station}
      style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
    >
      <div class="station-words">
        <h3>{title}</h3>
        {note}
        {figures.length > 0 && (
          <dl>
            {figures.map(({ name, value, isGradient }) => (
              <div key={name} class={isGradient ? "gradient" : ""}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {children && <div class="station-picture">{children}</div>}
    </section>
  );
}
