import { useEffect, useRef, useState } from "preact/hooks";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { COLORS, theme } from "../scene/index.js";
import { countOf, MOST_DRAWN, type Strokes, touch } from "./strokes.js";

/** Pixels of the drawing along a side; it is shown at any size. */
const SIDE = 480;
/** One step of the arrow keys. */
const STEP = 0.05;
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

export interface BoardProps {
  readonly strokes: Strokes;
  readonly onChange: (strokes: Strokes) => void;
}

/** A square from -1 to 1 to draw points on. */
export function Board({ strokes, onChange }: BoardProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const colors = COLORS[theme()];

  useEffect(() => {
    const context = canvas.current!.getContext("2d")!;
    const place = (x: number, y: number) => [((x + 1) / 2) * SIDE, ((1 - y) / 2) * SIDE] as const;
    context.fillStyle = colors.paper;
    context.fillRect(0, 0, SIDE, SIDE);
    context.fillStyle = colors.real;
    for (const stroke of strokes) {
      for (let i = 0; i < stroke.length; i += 2) {
        const [x, y] = place(stroke[i]!, stroke[i + 1]!);
        context.fillRect(x - 1.5, y - 1.5, 3, 3);
      }
    }
    if (!brush) return;
    const [x, y] = place(...brush);
    context.strokeStyle = colors.fake;
    context.lineWidth = 2;
    context.strokeRect(x - 8, y - 8, 16, 16);
  }, [strokes, brush, colors]);

  const put = (x: number, y: number, begins: boolean) => {
    if (countOf(strokes) >= MOST_DRAWN) return;
    const points = touch(x, y);
    onChange(begins ? [...strokes, points] : [...strokes.slice(0, -1), [...(strokes.at(-1) ?? []), ...points]]);
  };
  const paint = (event: PointerEvent, begins: boolean) => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    put(((event.clientX - left) / width) * 2 - 1, 1 - ((event.clientY - top) / height) * 2, begins);
  };
  const lift = () => {
    drawing.current = false;
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const puts = event.key === " " || event.key === "Enter";
    if (!step && !puts) return;
    event.preventDefault();
    const [x, y] = brush ?? [0, 0];
    if (step) setBrush([clamped(x + step[0]), clamped(y + step[1])]);
    else {
      setBrush([x, y]);
      put(x, y, true);
    }
  };
  return (
    <div class="board">
      <canvas ref={canvas} width={SIDE} height={SIDE} />
      <button
        type="button"
        aria-label={text().data.draw.board(whole(countOf(strokes)))}
        onKeyDown={press}
        onBlur={() => setBrush(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = true;
          paint(event, true);
        }}
        onPointerMove={(event) => drawing.current && paint(event, false)}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
    </div>
  );
}

const clamped = (value: number): number => Math.min(1, Math.max(-1, value));
