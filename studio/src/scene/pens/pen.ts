import type { Mark } from "../../../../src/catalogue.js";

/** Places in pixels, flat: x0, y0, x1, y1, ... */
export type Line = ArrayLike<number>;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels, four bytes each (red, green, blue, opacity), row by row from the top. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface Fill {
  /** `#rrggbb` */
  readonly color: string;
  /** 1 where absent. */
  readonly opacity?: number;
}

export interface Dotting extends Fill {
  /** The shape of each dot. A circle where absent. */
  readonly mark?: Mark;
}

export interface Stroke extends Fill {
  readonly width: number;
  /** Lengths of dash and gap. */
  readonly dash?: readonly [number, number];
}

export interface Lettering extends Fill {
  /** Height of the type in pixels. */
  readonly size: number;
  /** Which part of the text stands at the place given; its beginning where absent. */
  readonly align?: "start" | "center" | "end";
  readonly bold?: boolean;
}

/** What a picture is drawn with: a canvas, or an SVG document. */
export interface Pen {
  /** What `draw` draws appears inside of the box alone. */
  within(box: Box, draw: () => void): void;
  lines(lines: readonly Line[], stroke: Stroke): void;
  /** The area that rings enclose; a ring inside of another is a hole. */
  areas(rings: readonly Line[], fill: Fill): void;
  dots(centers: Line, radius: number, fill: Dotting): void;
  /** A bitmap stretched over a box, its pixels as squares or, where `smooth`, flowing into one another. */
  bitmap(bitmap: Bitmap, box: Box, smooth: boolean): void;
  /** A line of text on the base line `y`. */
  text(content: string, x: number, y: number, lettering: Lettering): void;
}

export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
