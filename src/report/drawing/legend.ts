import { type Drawing, drawing, escapeMarkup, FIGURE_WIDTH } from "./drawing.js";

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  /** A dash pattern for a line, or what else the swatch shows. */
  readonly dash?: string;
  readonly shape?: "line" | "dot" | "band";
  /** Shown alone: what the lines of one seed end in. */
  readonly mark?: Mark;
}

/** Symbols of Observable Plot that can be told apart at a few pixels. */
export const MARKS = ["circle", "square", "triangle", "diamond", "star"] as const;
export type Mark = (typeof MARKS)[number];

/** The paths of the marks, about 9 pixels across. */
const MARK_PATHS: Readonly<Record<Mark, string>> = {
  circle: "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
  square: "M-3.6,-3.6h7.2v7.2h-7.2z",
  triangle: "M0,-4.8l4.5,7.8h-9z",
  diamond: "M0,-5.2l3.2,5.2l-3.2,5.2l-3.2,-5.2z",
  star: "M0,-5.4L1.3,-1.7L5.1,-1.7L2,0.7L3.2,4.4L0,2.1L-3.2,4.4L-2,0.7L-5.1,-1.7L-1.3,-1.7z",
};

const ROW = 20;
const SWATCH = 22;
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
  if (mark) return `<path d="${MARK_PATHS[mark]}" transform="translate(${SWATCH / 2},10.5)" fill="${color}"/>`;
  if (shape === "dot") return `<circle cx="${SWATCH / 2}" cy="10.5" r="4" fill="${color}"/>`;
  if (shape === "band")
    return `<rect y="4" width="${SWATCH}" height="13" fill="${color}" fill-opacity="0.35" stroke="${color}"/>`;
  return `<line x2="${SWATCH}" y1="10.5" y2="10.5" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>`;
}
