import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { colorsOf, type Look, type Theme } from "./colors.js";
import { canvasOf, canvasPen } from "./pens/canvasPen.js";
import type { Pen } from "./pens/pen.js";
import { svgPen } from "./pens/svgPen.js";
import { movingParts, type PictureParts } from "./picture.js";
import { pictureOf } from "./pictureOf.js";

/** A picture to be kept, with what stands at its head. */
export interface KeptPicture extends PictureParts {
  /** Which side it is: "Left: BCE". */
  readonly label: string;
  readonly look: Look;
}

export interface KeptOptions {
  readonly theme?: Theme;
  /** In pixels of the drawing. */
  readonly width?: number;
}

const WIDTH = 560;
const MARGIN = 16;
const HEAD = 44;
/** Pixels of a PNG to one of the drawing. */
const PNG_SCALE = 2;

/** The picture of one side as a PNG of twice as many pixels. */
export function scenePng(picture: KeptPicture, options?: KeptOptions): Promise<Blob> {
  const canvas = document.createElement("canvas");
  drawScenes(canvas, [picture], { ...options, scale: PNG_SCALE });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(text().download.noPng))));
  });
}

/** Pictures beside each other on a canvas, which becomes as large as they are. */
export function drawScenes(
  canvas: HTMLCanvasElement,
  pictures: readonly KeptPicture[],
  { scale, ...options }: KeptOptions & { readonly scale: number },
): void {
  const pages = pictures.map((picture) => page(picture, options));
  canvas.width = scale * pages.reduce((sum, { width }) => sum + width, 0);
  canvas.height = scale * Math.max(...pages.map(({ height }) => height));
  const context = canvas.getContext("2d")!;
  let left = 0;
  for (const { width, draw } of pages) {
    const from = left;
    draw((x, y) => {
      context.setTransform(scale, 0, 0, scale, scale * (from + x), scale * y);
      return canvasPen(context);
    });
    left += width;
  }
}

/** The picture of one side as an SVG file: surfaces and images as PNG inside of it, all else as lines. */
export function sceneSvg(picture: KeptPicture, options?: KeptOptions): string {
  const { width, height, draw } = page(picture, options);
  const pen = svgPen((bitmap) => canvasOf(bitmap).toDataURL("image/png"));
  draw((x, y) => pen.movedTo(x, y));
  return pen.document(width, height);
}

/** A sheet of paper with a margin, the head and the picture. */
function page(picture: KeptPicture, { theme = "light", width = WIDTH }: KeptOptions = {}) {
  const colors = colorsOf(theme, picture.look);
  const words = text().scene;
  const inner = pictureOf(picture, colors, words);
  const across = width + 2 * MARGIN;
  const height = inner.heightAt(width) + HEAD + 2 * MARGIN;
  const { scene, frame, label } = picture;
  const state = [scene.name, frame && words.iteration(whole(frame.iteration))].filter(Boolean).join(", ");
  const draw = (penAt: (x: number, y: number) => Pen) => {
    const sheet = penAt(0, 0);
    sheet.areas([[0, 0, across, 0, across, height, 0, height]], { color: colors.paper });
    sheet.text(label, MARGIN, MARGIN + 14, { color: colors.ink, size: 16, bold: true });
    sheet.text(state, MARGIN, MARGIN + 33, { color: colors.muted, size: 13 });
    const pen = penAt(MARGIN, MARGIN + HEAD);
    inner.drawStill(pen, width);
    inner.drawMoving(pen, width, movingParts(picture));
  };
  return { width: across, height, draw };
}
