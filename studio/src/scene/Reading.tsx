import { useState } from "preact/hooks";
import { number } from "../language/format.js";
import { text } from "../language/index.js";
import { type SideFrame, SURFACE_SIDE } from "../session/protocol.js";
import { valueAt } from "./grid.js";
import type { Box } from "./pens/pen.js";
import { type Plane, placeOf, sampleAt } from "./plane.js";
import type { SceneWords } from "./words.js";

type Sample = readonly [number, number];

/** One step of the arrow keys, as a share of the plane. */
const STEP = 1 / 30;
const STEPS: Readonly<Record<string, Sample>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

export interface ReadingProps {
  readonly frame: SideFrame;
  readonly plane: Plane;
}

/** What the critic says at the pointer, or at a cross that the arrow keys move, laid over a picture of the plane. */
export function Reading({ frame, plane }: ReadingProps) {
  const words = text().scene;
  const [sample, setSample] = useState<Sample | null>(null);
  /** Said once for each key: values that follow the training would never let a screen reader finish. */
  const [spoken, setSpoken] = useState("");
  const { box } = plane;

  const follow = (event: PointerEvent) => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    setSample(sampleAt(plane, box.x + event.clientX - left, box.y + event.clientY - top));
  };
  const leave = () => setSample(null);
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === "Escape") leave();
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const next = sample ? moved(sample, step, plane) : middleOf(plane);
    setSample(next);
    setSpoken(readAt(next, frame, plane, words).join(", "));
  };
  const [x, y] = sample ? placeOf(plane, ...sample) : [0, 0];
  const at = placed({ x: x - box.x, y: y - box.y });
  const aside = `${x > box.x + box.width / 2 ? "leftward" : ""} ${y < box.y + box.height / 4 ? "downward" : ""}`;
  return (
    <div class="scene-reading" style={placed(box)}>
      <button
        type="button"
        aria-label={words.describe.keyboard}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={leave}
        onKeyDown={press}
        onBlur={leave}
      />
      {sample && (
        <>
          <div class="scene-cross" style={at} />
          <div class={`scene-values ${aside}`} style={at} aria-hidden="true">
            {readAt(sample, frame, plane, words).map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        </>
      )}
      <output class="spoken">{spoken}</output>
    </div>
  );
}

/** A place, and a size where there is one, in pixels. */
function placed({ x, y, width, height }: Pick<Box, "x" | "y"> & Partial<Box>) {
  const pixels = (length: number | undefined) => (length === undefined ? undefined : `${length}px`);
  return { left: pixels(x), top: pixels(y), width: pixels(width), height: pixels(height) };
}

function readAt([x, y]: Sample, { surface, slope, output }: SideFrame, { frame }: Plane, words: SceneWords): string[] {
  const at = (values: Float32Array) => number(valueAt({ values, side: SURFACE_SIDE, frame }, x, y), 3);
  return [
    ...(surface ? [words.reading[output](at(surface))] : []),
    ...(slope ? [words.reading.slope(at(slope))] : []),
    words.reading.at(number(x, 2), number(y, 2)),
  ];
}

function middleOf({ frame: { x, y } }: Plane): Sample {
  return [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
}

function moved([x, y]: Sample, [dx, dy]: Sample, { frame }: Plane): Sample {
  const along = ([low, high]: Sample, value: number, step: number) =>
    Math.min(high, Math.max(low, value + step * (high - low)));
  return [along(frame.x, x, dx), along(frame.y, y, dy)];
}
