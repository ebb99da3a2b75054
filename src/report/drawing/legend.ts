import type { Mark } from "../../catalogue.js";
import { type Drawing, drawing, escapeMarkup, FIGURE_WIDTH } from "./drawing.js";
import { MARK_PATHS } from "./marks.js";

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  /** A dash pattern for a line, or what else the swatch shows. */
  readonly dash?: string;
  readonly shape?: "line" | "dot" | "band";
  /** What a line ends in, or the shape of a dot. */
  readonly mark?: Mark | undefined;
}

const ROW = 20;
const SWATCH = 28;
/** Of an average character, in pixels, in a wide sans serif. */
export const CHARACTER_WIDTH = 7.8;

/** What the colours and strokes of a figure mean, in as many rows as its width asks for. */
export function legend(entries: readonly LegendEntry[], width = FIGURE_WIDTH): Drawing {
  let x = 8;
  let row = 0;
  const parts = entries.map((entry) => {
    const needed = SWATCH + 6 + entry.label.length * CHARACTER_WIDTH;
    if (x > 8 && x + needed > width) [x, row] = [8, row + 1];
    const part = `<g transform="translate(${Math.round(x)},${row * ROW})">${swatch(entry)}<text x="${SWATCH + 6}" y="15" text-anchor="start">${escapeMarkup(entry.label)}</text></g>`;
    x += needed + 14;
    return part;
  });
  return drawing(width, (row + 1) * ROW + 8, parts.join(""));
}

function swatch({ color, dash = "none", shape = "line", mark }: LegendEntry): string {
  const marked = (one: Mark) =>
    `<path d="${MARK_PATHS[one]}" transform="translate(${SWATCH / 2},10.5)" fill="${color}"/>`;
  if (shape === "dot") return marked(mark ?? "circle");
  if (shape === "band")
    return `<rect y="4" width="${SWATCH}" height="13" fill="${color}" fill-opacity="0.35" stroke="${color}"/>`;
  const line = `<line x2="${SWATCH}" y1="10.5" y2="10.5" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>`;
  return mark ? line + marked(mark) : line;
}
