import type { Mark } from "../../../src/catalogue.js";
import type { Colors } from "./colors.js";
import { imageSheet } from "./layers/images.js";
import type { Bitmap, Pen } from "./pens/pen.js";
import type { Picture, PictureParts } from "./picture.js";
import type { SceneWords } from "./words.js";

const COLUMNS = 8;
const REAL_ROWS = 2;
const HEADING = 22;
const GAP = 10;

interface Section {
  readonly heading: string;
  readonly color: string;
  readonly mark?: Mark;
  readonly sheet: Bitmap;
}

/** Real images, generated ones beneath them, and a row of those between two latents: whatever layers are chosen for points. */
export function imagePicture(
  { scene, frame, interpolation }: PictureParts,
  colors: Colors,
  words: SceneWords,
): Picture {
  const size = scene.shape.reduce((product, length) => product * length, 1);
  const sheetOf = (values: Float32Array, columns: number) => imageSheet(values, scene.shape, columns);
  const first = scene.real.subarray(0, COLUMNS * REAL_ROWS * size);
  const sections: Section[] = [{ heading: words.realImages, color: colors.real, sheet: sheetOf(first, COLUMNS) }];
  if (frame) {
    sections.push({
      heading: words.fakeImages,
      color: colors.fake,
      mark: colors.fakeMark,
      sheet: sheetOf(frame.fakes, COLUMNS),
    });
  }
  if (interpolation) {
    const sheet = sheetOf(interpolation, interpolation.length / size);
    sections.push({ heading: words.interpolation, color: colors.fake, mark: colors.fakeMark, sheet });
  }
  const sheetHeight = ({ width, height }: Bitmap, across: number) => Math.round((across * height) / width);
  return {
    planeAt: () => null,
    heightAt: (width) => sections.reduce((sum, { sheet }) => sum + HEADING + sheetHeight(sheet, width) + GAP, 0),
    drawStill(pen: Pen, width) {
      let y = 0;
      for (const { heading, color, mark = "circle", sheet } of sections) {
        pen.dots([6, y + 11], 4, { color, mark });
        pen.text(heading, 16, y + 15, { color: colors.ink, size: 13 });
        const height = sheetHeight(sheet, width);
        pen.bitmap(sheet, { x: 0, y: y + HEADING, width, height }, false);
        y += HEADING + height + GAP;
      }
    },
    drawMoving: () => {},
  };
}
