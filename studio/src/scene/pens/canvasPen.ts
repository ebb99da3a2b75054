import { type Bitmap, type Fill, FONT_FAMILY, type Line, type Pen } from "./pen.js";

/** Draws on a canvas, in the pixels of its current transform. */
export function canvasPen(context: CanvasRenderingContext2D): Pen {
  const using = ({ color, opacity = 1 }: Fill) => {
    context.fillStyle = color;
    context.strokeStyle = color;
    context.globalAlpha = opacity;
  };
  const trace = (lines: readonly Line[], closed: boolean) => {
    context.beginPath();
    for (const line of lines) {
      for (let i = 0; i + 1 < line.length; i += 2) {
        if (i === 0) context.moveTo(line[0]!, line[1]!);
        else context.lineTo(line[i]!, line[i + 1]!);
      }
      if (closed) context.closePath();
    }
  };
  return {
    within({ x, y, width, height }, draw) {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      draw();
      context.restore();
    },
    lines(lines, stroke) {
      using(stroke);
      context.lineWidth = stroke.width;
      context.setLineDash([...(stroke.dash ?? [])]);
      trace(lines, false);
      context.stroke();
    },
    areas(rings, fill) {
      using(fill);
      trace(rings, true);
      context.fill("evenodd");
    },
    dots(centers, radius, fill) {
      using(fill);
      context.beginPath();
      for (let i = 0; i + 1 < centers.length; i += 2) {
        const [x, y] = [centers[i]!, centers[i + 1]!];
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
      context.fill();
    },
    bitmap(bitmap, { x, y, width, height }, smooth) {
      context.globalAlpha = 1;
      context.imageSmoothingEnabled = smooth;
      context.imageSmoothingQuality = "high";
      context.drawImage(canvasOf(bitmap), x, y, width, height);
    },
    text(content, x, y, lettering) {
      using(lettering);
      context.font = `${lettering.bold ? 600 : 400} ${lettering.size}px ${FONT_FAMILY}`;
      context.textAlign = lettering.align ?? "start";
      context.textBaseline = "alphabetic";
      context.fillText(content, x, y);
    },
  };
}

const canvases = new WeakMap<Bitmap, HTMLCanvasElement>();

/** A bitmap as a canvas of its size, made once. */
export function canvasOf(bitmap: Bitmap): HTMLCanvasElement {
  const made = canvases.get(bitmap);
  if (made) return made;
  const { width, height, pixels } = bitmap;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
  canvases.set(bitmap, canvas);
  return canvas;
}
