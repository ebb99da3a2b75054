import { imageGrid } from "../../figures/imageGrid.js";
import { type Drawing, drawing, FIGURE_WIDTH } from "../drawing/drawing.js";
import { formatCount } from "../format.js";

const COLUMNS = 8;
const LABEL_WIDTH = 56;
/** Image pixels to a drawing's pixel, so that a PNG at twice the size stays sharp. */
const RESOLUTION = 2;

/** Images in a square of rows, or down the columns of so many rows. */
export async function drawImages(values: Float32Array, shape: readonly number[], rows?: number): Promise<Drawing> {
  const png = await gridOf(values, shape, rows);
  const width = rows === undefined ? FIGURE_WIDTH : Math.round(FIGURE_WIDTH * Math.min(1, png.across / COLUMNS));
  const height = Math.round((width * png.height) / png.width);
  return drawing(FIGURE_WIDTH, height, placed(png.uri, 0, 0, width, height));
}

/** Images of the same latents, one row a moment, with the iteration in front. */
export async function drawImagesOverTime(
  moments: readonly { readonly iteration: number; readonly values: Float32Array }[],
  shape: readonly number[],
): Promise<Drawing> {
  const size = shape.reduce((product, length) => product * length, 1);
  const width = FIGURE_WIDTH - LABEL_WIDTH;
  const rows = await Promise.all(
    moments.map(async ({ iteration, values }) => ({
      iteration,
      ...(await gridOf(values.subarray(0, COLUMNS * size), shape)),
    })),
  );
  const height = Math.max(0, ...rows.map((row) => Math.round((width * row.height) / row.width)));
  const content = rows.map(({ iteration, uri }, i) => {
    const y = i * (height + 3);
    const label = `<text x="${LABEL_WIDTH - 8}" y="${y + height / 2 + 4}" text-anchor="end">${formatCount(iteration)}</text>`;
    return label + placed(uri, LABEL_WIDTH, y, width, height);
  });
  return drawing(FIGURE_WIDTH, rows.length * (height + 3), content.join(""));
}

async function gridOf(values: Float32Array, shape: readonly number[], rows?: number) {
  const [height = 1, width = 1] = shape;
  const count = values.length / shape.reduce((product, length) => product * length, 1);
  const line = Math.min(rows ?? COLUMNS, count);
  const lines = Math.ceil(count / line);
  const [across, down] = rows === undefined ? [line, lines] : [lines, line];
  const scale = Math.max(1, Math.round((RESOLUTION * FIGURE_WIDTH) / (Math.max(COLUMNS, across) * width)));
  const png = await imageGrid(values, shape, line, { scale, down: rows !== undefined });
  return {
    uri: `data:image/png;base64,${png.toString("base64")}`,
    across,
    width: across * (width + 2) - 2,
    height: down * (height + 2) - 2,
  };
}

function placed(href: string, x: number, y: number, width: number, height: number): string {
  return `<image href="${href}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"/>`;
}
