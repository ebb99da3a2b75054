import { text } from "../language/index.js";
import type { Colors } from "../scene/colors.js";
import { densityAt, type Edges, HEAP_SHARE, type LineScales } from "./scales.js";

const POINTS = 40;

/** Where the name and the grip of a heap stand: above and below its mean, or aside where the other heap is close. */
export type Place = "above" | "left" | "right";

const ASIDE: Readonly<Record<Place, readonly [shift: number, anchor: "start" | "middle" | "end"]>> = {
  above: [0, "middle"],
  left: [-1, "end"],
  right: [1, "start"],
};

export interface HeapProps {
  readonly kind: "real" | "fake";
  readonly mean: number;
  readonly place: Place;
  readonly scales: LineScales;
  readonly edges: Edges;
  readonly colors: Colors;
}

/** The density of one distribution, with what it is dragged by. */
export function Heap({ kind, mean, place, scales, edges: { top, bottom }, colors }: HeapProps) {
  const color = colors[kind];
  const peak = bottom - HEAP_SHARE * (bottom - top);
  const outline = Array.from({ length: POINTS + 1 }, (_, i) => {
    const [x, height] = densityAt(mean, i / POINTS);
    return `${scales.x(x).toFixed(1)},${(bottom - height * (bottom - peak)).toFixed(1)}`;
  });
  const [aside, anchor] = ASIDE[place];
  const at = scales.x(mean);
  const held = at + 12 * aside;
  const grip = bottom + 14;
  return (
    <g>
      <path d={`M${outline.join("L")}Z`} fill={color} fill-opacity={0.28} stroke={color} stroke-width={1.5} />
      <text x={at + 5 * aside} y={peak - 6} fill={color} text-anchor={anchor} class="line-title">
        {text().line[kind]}
      </text>
      <circle cx={held} cy={grip} r={11} fill={color} stroke={colors.paper} stroke-width={2} />
      <path
        d={`M${held - 2},${grip - 4}l-4,4l4,4M${held + 2},${grip - 4}l4,4l-4,4`}
        stroke={colors.paper}
        stroke-width={1.8}
        fill="none"
      />
    </g>
  );
}
