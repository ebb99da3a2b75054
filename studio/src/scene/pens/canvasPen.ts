import { MARK_PATHS, MARK_RADIUS } from "../../../../src/report/drawing/marks.js";
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
  const stamp = (centers: Line, scale: number, shape: Path2D) => {
    const transform = context.getTransform();
    for (let i = 0; i + 1 < centers.length; i += 2) {
      context.setTransform(transform.translate(centers[i]!, centers[i + 1]!).scale(scale));
      context.fill(shape);
    }
    context.setTransform(transform);
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
    dots(centers, radius, { mark = "circle", ...fill }) {
      using(fill);
      if (mark !== "circle") return stamp(centers, radius / MARK_RADIUS, new Path2D(MARK_PATHS[mark]));
      // One by one: a path of them all takes twice as long to fill.
      for (let i = 0; i + 1 < centers.length; i += 2) {
        context.beginPath();
        context.arc(centers[i]!, centers[i + 1]!, radius, 0, 2 * Math.PI);
        context.fill();
      }
    },
    bitmap(bitmap, { x, y, width, height }, smooth) {
      context.globalAlpha = 1;
      context.imageSmoothingEnabled = smooth;
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

const canvases = new Map<string, HTMLCanvasElement>();

/** A canvas that holds the bitmap until the next one of the same size: to make one takes longer than to fill it. */
export function canvasOf({ width, height, pixels }: Bitmap): HTMLCanvasElement {
  const size = `${width} by ${height}`;
  const canvas = canvases.get(size) ?? Object.assign(document.createElement("canvas"), { width, height });
  canvases.set(size, canvas);
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}
