import { placesOf } from "../scene/plane.js";
import type { Frame } from "../session/protocol.js";

/** Points of one kind. */
export interface Marks {
  /** `[count, width]`, of which the first two columns are drawn. */
  readonly samples: Float32Array;
  readonly width?: number;
  readonly color: string;
  /** From each point a line: `[count, 2]`. */
  readonly lines?: Float32Array;
}

const SIZE = 100;
/** How long the line of a gradient of 1 is. */
const UNIT = 12;
/** More lines than this cannot be told apart. */
const LINES = 48;

/** A small plane with points. */
export function Points({ frame, marks }: { readonly frame: Frame; readonly marks: readonly Marks[] }) {
  const plane = { frame, box: { x: 0, y: 0, width: SIZE, height: SIZE } };
  return (
    <svg class="diagram-points" viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      {marks.map(({ samples, width = 2, color, lines }) => {
        const places = placesOf(plane, pairsOf(samples, width));
        return (
          <g key={color} stroke={color}>
            <path class="dots" d={dotsAt(places)} />
            {lines && <path class="told" d={linesFrom(places, lines)} />}
          </g>
        );
      })}
    </svg>
  );
}

function pairsOf(samples: Float32Array, width: number): Float32Array {
  if (width === 2) return samples;
  return Float32Array.from({ length: (2 * samples.length) / width }, (_, i) =>
    i % 2 < width ? samples[Math.floor(i / 2) * width + (i % 2)]! : 0,
  );
}

function dotsAt(places: Float32Array): string {
  let path = "";
  for (let i = 0; i < places.length; i += 2) path += `M${places[i]!.toFixed(1)},${places[i + 1]!.toFixed(1)}h0`;
  return path;
}

function linesFrom(places: Float32Array, lines: Float32Array): string {
  let path = "";
  for (let i = 0; i < Math.min(places.length, 2 * LINES); i += 2) {
    const [x, y] = [UNIT * lines[i]!, -UNIT * lines[i + 1]!];
    path += `M${places[i]!.toFixed(1)},${places[i + 1]!.toFixed(1)}l${x.toFixed(1)},${y.toFixed(1)}`;
  }
  return path;
}
