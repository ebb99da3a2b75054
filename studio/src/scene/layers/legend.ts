import { number } from "../../language/format.js";
import { type Colors, colorIndex, colorTable } from "../colors.js";
import type { Bitmap, Box, Pen } from "../pens/pen.js";
import { colorShare, type ScoreScale } from "../scoreScale.js";
import type { SceneWords } from "../words.js";

export const SCALE_HEIGHT = 54;
const BAR_TOP = 14;
const BAR_HEIGHT = 11;
const TIP = 8;
const TYPE = 12;
const POINTER_TYPE = 11;
const BAR_STEPS = 128;
/** Below this width the words would run into the numbers at both ends. */
const LEAST_FOR_MEANING = 280;

/**
 * The colours of a surface with what they stand for. The bar of a probability is closed at 0 and 1, that of a score ends in tips, which say
 * that it may grow. Pointers show the mean on the real samples, from above, and on the fakes, from below.
 */
export function drawScale(pen: Pen, { x, y, width }: Box, scale: ScoreScale, colors: Colors, words: SceneWords): void {
  const [low, high] = scale.domain;
  const bar = { x: x + TIP + 2, y: y + BAR_TOP, width: width - 2 * (TIP + 2), height: BAR_HEIGHT };
  const right = bar.x + bar.width;
  const middle = bar.y + BAR_HEIGHT / 2;
  const bottom = bar.y + BAR_HEIGHT;
  pen.bitmap(barBitmap(scale, colors), bar, true);
  if (scale.bounded) {
    const caps = [bar.x, right].map((end) => [end, bar.y - 3, end, bottom + 3]);
    pen.lines(caps, { color: colors.ink, width: 2 });
  } else {
    const tips = [
      [bar.x - 1, bar.y, bar.x - 1 - TIP, middle, bar.x - 1, bottom],
      [right + 1, bar.y, right + 1 + TIP, middle, right + 1, bottom],
    ];
    pen.areas(tips, { color: colors.muted });
  }
  const placeOf = (value: number) => bar.x + bar.width * (high > low ? (value - low) / (high - low) : 0.5);
  const pointTo = (value: number, from: -1 | 1, color: string, name: string) => {
    const at = placeOf(value);
    drawPointer(pen, at, from < 0 ? bar.y - 1 : bottom + 1, from, color);
    const isLeft = at > bar.x + bar.width / 2;
    const edge = from < 0 ? bar.y - 2 : bottom + 10;
    pen.text(name, at + (isLeft ? -8 : 8), edge, { color, size: POINTER_TYPE, align: isLeft ? "end" : "start" });
  };
  if (scale.real !== null) pointTo(scale.real, -1, colors.real, words.means.real);
  if (scale.fake !== null) pointTo(scale.fake, 1, colors.fake, words.means.fakes);
  const base = y + SCALE_HEIGHT - 2;
  const lettering = { color: colors.muted, size: TYPE };
  pen.text(number(low, 3), x, base, lettering);
  pen.text(number(high, 3), x + width, base, { ...lettering, align: "end" });
  const meaning = scale.bounded ? words.probability : words.score;
  if (width >= LEAST_FOR_MEANING) pen.text(meaning, x + width / 2, base, { ...lettering, align: "center" });
}

/** A triangle whose tip touches the bar, from above (-1) or from below (1). */
function drawPointer(pen: Pen, x: number, y: number, from: -1 | 1, color: string): void {
  pen.areas([[x, y, x - 5, y + 9 * from, x + 5, y + 9 * from]], { color });
}

function barBitmap(scale: ScoreScale, colors: Colors): Bitmap {
  const table = colorTable(colors.surface);
  const [low, high] = scale.domain;
  const pixels = new Uint8ClampedArray(4 * BAR_STEPS);
  for (let i = 0; i < BAR_STEPS; i++) {
    const at = colorIndex(colorShare(scale, low + ((high - low) * i) / (BAR_STEPS - 1)));
    pixels.set([table[at]!, table[at + 1]!, table[at + 2]!, 255], 4 * i);
  }
  return { width: BAR_STEPS, height: 1, pixels };
}
