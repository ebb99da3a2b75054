import type { Bitmap, Box, Dotting, Fill, Lettering, Line, Pen, Stroke } from "../../../studio/src/scene/pens/pen.js";

export type Mark =
  | { readonly type: "lines"; readonly lines: readonly number[][]; readonly stroke: Stroke }
  | { readonly type: "areas"; readonly rings: readonly number[][]; readonly fill: Fill }
  | { readonly type: "dots"; readonly centers: number[]; readonly radius: number; readonly fill: Dotting }
  | { readonly type: "bitmap"; readonly bitmap: Bitmap; readonly box: Box; readonly smooth: boolean }
  | {
      readonly type: "text";
      readonly content: string;
      readonly x: number;
      readonly y: number;
      readonly lettering: Lettering;
    };

/** A pen that keeps what it was told to draw. */
export function recorder(): Pen & {
  readonly marks: Mark[];
  of<T extends Mark["type"]>(type: T): Extract<Mark, { type: T }>[];
} {
  const marks: Mark[] = [];
  const numbers = (line: Line) => Array.from(line);
  return {
    marks,
    of: <T extends Mark["type"]>(type: T) =>
      marks.filter((mark): mark is Extract<Mark, { type: T }> => mark.type === type),
    within: (_, draw) => draw(),
    lines: (lines, stroke) => marks.push({ type: "lines", lines: lines.map(numbers), stroke }),
    areas: (rings, fill) => marks.push({ type: "areas", rings: rings.map(numbers), fill }),
    dots: (centers, radius, fill) => marks.push({ type: "dots", centers: numbers(centers), radius, fill }),
    bitmap: (bitmap, box, smooth) => marks.push({ type: "bitmap", bitmap, box, smooth }),
    text: (content, x, y, lettering) => marks.push({ type: "text", content, x, y, lettering }),
  };
}
