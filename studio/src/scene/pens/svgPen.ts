import { MARK_PATHS, MARK_RADIUS } from "../../../../src/report/drawing/marks.js";
import { type Bitmap, type Fill, FONT_FAMILY, type Line, type Pen } from "./pen.js";

/** A pen whose strokes become SVG. */
export interface SvgPen extends Pen {
  /** What is drawn from here on has its origin there. */
  movedTo(x: number, y: number): Pen;
  /** The document of everything drawn so far. */
  document(width: number, height: number): string;
}

/** @param png a bitmap as the address of a PNG (`data:image/png;base64,...`) */
export function svgPen(png: (bitmap: Bitmap) => string): SvgPen {
  let content = "";
  let moves = 0;
  const fillOf = ({ color, opacity = 1 }: Fill) =>
    `fill="${color}"${opacity < 1 ? ` fill-opacity="${short(opacity)}"` : ""}`;
  const strokeOf = ({ color, opacity = 1 }: Fill, width: number) =>
    `fill="none" stroke="${color}" stroke-width="${short(width)}"${opacity < 1 ? ` stroke-opacity="${short(opacity)}"` : ""}`;
  const pen: SvgPen = {
    movedTo(x, y) {
      content += `<g transform="translate(${short(x)},${short(y)})">`;
      moves++;
      return pen;
    },
    within({ x, y, width, height }, draw) {
      const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
      const view = `viewBox="${[x, y, width, height].map(short).join(" ")}"`;
      content += `<svg ${place} ${view} overflow="hidden">`;
      draw();
      content += "</svg>";
    },
    lines(lines, stroke) {
      const dash = stroke.dash ? ` stroke-dasharray="${stroke.dash.join(" ")}"` : "";
      content += `<path d="${lines.map((line) => pathOf(line)).join("")}" ${strokeOf(stroke, stroke.width)}${dash}/>`;
    },
    areas(rings, fill) {
      content += `<path d="${rings.map((ring) => `${pathOf(ring)}Z`).join("")}" ${fillOf(fill)} fill-rule="evenodd"/>`;
    },
    dots(centers, radius, { mark = "circle", ...fill }) {
      const places = Array.from({ length: centers.length >> 1 }, (_, i) =>
        [centers[2 * i]!, centers[2 * i + 1]!].map(short),
      );
      if (mark !== "circle") {
        const scale = short(radius / MARK_RADIUS);
        const shapes = places.map(
          (at) => `<path transform="translate(${at})scale(${scale})" d="${MARK_PATHS[mark]}"/>`,
        );
        content += `<g ${fillOf(fill)}>${shapes.join("")}</g>`;
        return;
      }
      const path = places.map((at) => `M${at}h0`).join("");
      content += `<path d="${path}" ${strokeOf(fill, 2 * radius)} stroke-linecap="round"/>`;
    },
    bitmap(bitmap, { x, y, width, height }, smooth) {
      const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
      const squares = smooth ? "" : ` style="image-rendering:pixelated"`;
      content += `<image href="${png(bitmap)}" ${place} preserveAspectRatio="none"${squares}/>`;
    },
    text(text, x, y, lettering) {
      const { size, align = "start", bold = false } = lettering;
      const anchor = align === "center" ? "middle" : align;
      const type = `font-size="${size}" text-anchor="${anchor}"${bold ? ` font-weight="600"` : ""}`;
      content += `<text x="${short(x)}" y="${short(y)}" ${type} ${fillOf(lettering)}>${escapeMarkup(text)}</text>`;
    },
    document(width, height) {
      const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
      return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT_FAMILY}">${content}${"</g>".repeat(moves)}</svg>`;
    },
  };
  return pen;
}

/** What is not finite has no place in a path. */
function pathOf(line: Line): string {
  let path = "";
  for (let i = 0; i + 1 < line.length; i += 2) {
    const [x, y] = [line[i]!, line[i + 1]!];
    if (Number.isFinite(x) && Number.isFinite(y)) path += `${path === "" ? "M" : "L"}${short(x)},${short(y)}`;
  }
  return path;
}

/** With two decimals: a hundredth of a pixel. */
function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

function escapeMarkup(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
