import { arrowPath, arrowWidth, VANISHED } from "./arrows.js";
import type { Segment } from "./layout.js";

export interface ArrowProps {
  readonly segment: Segment;
  /** Of the gradient that flows back; `null` of what flows forward. */
  readonly size: number | null;
  /** Whether anything flows now. */
  readonly isActive: boolean;
  /** Whether something else is looked at. */
  readonly isDimmed: boolean;
}

/** From this width on, what flows is seen inside of the arrow, and not along it. */
const DOTTED = 6;

/** An arrow, as wide as its gradient is large; dashed where that has vanished. */
export function Arrow({ segment, size, isActive, isDimmed }: ArrowProps) {
  const { from, to } = segment;
  const width = arrowWidth(size);
  const kinds = [
    "arrow",
    size === null ? "forward" : "back",
    size !== null && !(size >= VANISHED) && "vanished",
    width < DOTTED && "thin",
    isActive && "active",
    isDimmed && "dimmed",
  ];
  return (
    <g class={kinds.filter(Boolean).join(" ")}>
      <path class="shaft" d={arrowPath(segment, width)} />
      {isActive && <path class="flow" d={`M${from.join(",")}L${to.join(",")}`} />}
    </g>
  );
}
