import { bytesOf, type Colors, colorIndex, colorTable } from "../colors.js";
import type { Grid } from "../grid.js";
import type { Bitmap, Pen } from "../pens/pen.js";
import type { Plane } from "../plane.js";
import { colorShare, type ScoreScale } from "../scoreScale.js";

/** A surface as one pixel a value, row 0 at the bottom; what is not finite has no colour. */
export function surfaceBitmap({ values, side }: Grid, scale: ScoreScale, colors: Colors): Bitmap {
  const table = colorTable(colors.surface);
  return gridBitmap(side, (i) => {
    const value = values[i]!;
    if (!Number.isFinite(value)) return null;
    const at = colorIndex(colorShare(scale, value));
    return [table[at]!, table[at + 1]!, table[at + 2]!, 255];
  });
}

/** How opaque the mark of a slope is: nothing up to 1, and all the more above, up to three times as much. */
export function excessOpacity(slope: number): number {
  if (Number.isNaN(slope) || slope <= 1) return 0;
  return 0.1 + 0.4 * Math.min(1, (slope - 1) / 2);
}

/** Where the slope exceeds 1, as one pixel a value. */
export function excessBitmap({ values, side }: Grid, colors: Colors): Bitmap {
  const [red, green, blue] = bytesOf(colors.excess);
  return gridBitmap(side, (i) => [red, green, blue, Math.round(255 * excessOpacity(values[i]!))]);
}

/** Draws a bitmap of a grid: the middles of its outermost pixels lie on the edges of the plane. */
export function drawGrid(pen: Pen, { box: { x, y, width, height } }: Plane, bitmap: Bitmap): void {
  const [across, down] = [width / (bitmap.width - 1), height / (bitmap.height - 1)];
  pen.bitmap(bitmap, { x: x - across / 2, y: y - down / 2, width: width + across, height: height + down }, true);
}

function gridBitmap(
  side: number,
  colorOf: (index: number) => readonly [number, number, number, number] | null,
): Bitmap {
  const pixels = new Uint8ClampedArray(4 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const color = colorOf(row * side + column);
      if (color) pixels.set(color, 4 * ((side - 1 - row) * side + column));
    }
  }
  return { width: side, height: side, pixels };
}
