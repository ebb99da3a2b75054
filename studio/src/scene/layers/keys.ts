import type { Mark } from "../../../../src/catalogue.js";
import type { Colors } from "../colors.js";
import type { Box, Pen } from "../pens/pen.js";

/** What one kind of mark in a picture means. */
export interface Key {
  readonly swatch: "dot" | "line" | "arrow" | "area";
  readonly color: string;
  /** Of a dot. A circle where absent. */
  readonly mark?: Mark;
  readonly label: string;
  /** Of an arrow, in pixels. */
  readonly length?: number;
}

const ROW = 21;
/** Room for the longest key in a wide typeface, and for one that is a word. */
const COLUMN = 215;
const NARROW = 120;
const WORD = 12;
const SWATCH = 22;

/** How high keys stand that are drawn this wide. */
export function keysHeight(keys: readonly Key[], width: number): number {
  return Math.ceil(keys.length / columnsIn(width, keys)) * ROW;
}

/** Keys in rows, all columns as wide, so that numbers in them can change and nothing moves. */
export function drawKeys(pen: Pen, { x, y, width }: Box, keys: readonly Key[], colors: Colors): void {
  const columns = columnsIn(width, keys);
  keys.forEach((key, i) => {
    const left = x + ((i % columns) * width) / columns;
    const middle = y + Math.floor(i / columns) * ROW + ROW / 2;
    const wide = Math.max(SWATCH, key.length ?? 0);
    drawSwatch(pen, key, left, middle, wide);
    pen.text(key.label, left + wide + 6, middle + 4, { color: colors.ink, size: 12 });
  });
}

function drawSwatch(
  pen: Pen,
  { swatch, color, mark = "circle", length = SWATCH }: Key,
  x: number,
  y: number,
  wide: number,
): void {
  if (swatch === "dot") pen.dots([x + wide / 2, y], 4, { color, mark });
  else if (swatch === "area")
    pen.areas([[x, y - 6, x + wide, y - 6, x + wide, y + 6, x, y + 6]], { color, opacity: 0.45 });
  else pen.lines([[x, y, x + length, y]], { color, width: 1.5 });
  if (swatch === "arrow") pen.areas([[x + length + 2, y, x + length - 3, y - 3.5, x + length - 3, y + 3.5]], { color });
}

function columnsIn(width: number, keys: readonly Key[]): number {
  const column = keys.every(({ label }) => label.length <= WORD) ? NARROW : COLUMN;
  return Math.max(1, Math.floor(width / column));
}
