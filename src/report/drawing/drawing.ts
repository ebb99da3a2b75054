/** A finished picture: an `<svg>` element of `width` by `height` pixels whose ink is the text colour of the page around it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

/** The width that figures are drawn at, so that their type is readable on a telephone and not coarse on a large screen. */
export const FIGURE_WIDTH = 420;
export const FONT_SIZE = 13;

/** Real samples, on light and dark pages. */
export const REAL = "#8b929c";

/** Of a picture in a file of its own, on each side. */
export const FILE_MARGIN = 12;

const INK = "#1b1f24";
const PAPER = "#ffffff";

/** A drawing of the given content. */
export function drawing(width: number, height: number, content: string): Drawing {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const type = `font-family="system-ui, sans-serif" font-size="${FONT_SIZE}" fill="currentColor" text-anchor="middle"`;
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${type}>${content}</svg>` };
}

/** Several drawings on one sheet, each with its upper left corner at a place. */
export function sheet(
  width: number,
  height: number,
  parts: readonly { readonly x: number; readonly y: number; readonly part: Drawing }[],
): Drawing {
  const placed = parts.map(({ x, y, part }) => part.svg.replace("<svg ", `<svg x="${x}" y="${y}" `));
  return drawing(width, height, placed.join(""));
}

/** Drawings one under the other. */
export function stack(parts: readonly Drawing[]): Drawing {
  const places = parts.map((part, i) => ({
    x: 0,
    y: parts.slice(0, i).reduce((sum, { height }) => sum + height, 0),
    part,
  }));
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  return sheet(Math.max(...parts.map(({ width }) => width)), height, places);
}

/** Drawings of one size in rows of `columns`. */
export function tiles(parts: readonly Drawing[], columns: number, gap: number): Drawing {
  const width = Math.max(...parts.map((part) => part.width));
  const height = Math.max(...parts.map((part) => part.height));
  const rows = Math.ceil(parts.length / columns);
  const places = parts.map((part, i) => ({
    x: (i % columns) * (width + gap),
    y: Math.floor(i / columns) * (height + gap),
    part,
  }));
  return sheet(columns * (width + gap) - gap, rows * (height + gap) - gap, places);
}

/** A line of text as a drawing. */
export function caption(
  text: string,
  width: number,
  options: { readonly bold?: boolean; readonly color?: string } = {},
) {
  const weight = options.bold ? ' font-weight="600"' : "";
  const fill = options.color ? ` fill="${options.color}"` : "";
  return drawing(width, 22, `<text x="${width / 2}" y="15"${weight}${fill}>${escapeMarkup(text)}</text>`);
}

/** An SVG file: dark ink on white paper, with a margin, wherever it is shown. */
export function svgFile(picture: Drawing): string {
  const { svg } = sheet(picture.width + 2 * FILE_MARGIN, picture.height + 2 * FILE_MARGIN, [
    { x: FILE_MARGIN, y: FILE_MARGIN, part: picture },
  ]);
  const paper = `<rect width="100%" height="100%" fill="${PAPER}"/>`;
  return svg.replace("<svg ", `<svg color="${INK}" `).replace(">", `>${paper}`);
}

/** Text as it stands in SVG and HTML, in an attribute too. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
