import { LARGEST_MEAN } from "./protocol.js";
import { type Edges, HEAP_SHARE, type LineScales, steppedMean } from "./scales.js";

export interface HandleProps {
  readonly label: string;
  /** What a screen reader says of its place. */
  readonly saying: string;
  readonly mean: number;
  readonly scales: LineScales;
  readonly edges: Edges;
  readonly onMove: (mean: number) => void;
}

/** How much of the line a density can be taken by. */
const GRASP = 1;

/** A slider whose thumb lies over a density and is not seen: the density is what is dragged. */
export function Handle({ label, saying, mean, scales, edges: { top, bottom }, onMove }: HandleProps) {
  const width = scales.x(GRASP) - scales.x(0);
  const height = HEAP_SHARE * (bottom - top) + 30;
  const press = (event: KeyboardEvent) => {
    const moved = steppedMean(event.key, mean);
    if (moved === null) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(moved);
  };
  return (
    <input
      type="range"
      class="line-handle"
      aria-label={label}
      aria-valuetext={saying}
      min={-LARGEST_MEAN}
      max={LARGEST_MEAN}
      step={0.01}
      value={mean}
      style={{
        "--grasp-width": `${width}px`,
        "--grasp-height": `${height}px`,
        left: `${scales.x(-LARGEST_MEAN) - width / 2}px`,
        top: `${bottom + 30 - height}px`,
        width: `${scales.x(LARGEST_MEAN) - scales.x(-LARGEST_MEAN) + width}px`,
        height: `${height}px`,
      }}
      onInput={({ currentTarget }) => onMove(currentTarget.valueAsNumber)}
      onKeyDown={press}
    />
  );
}
