import { type Drawing, drawing, FIGURE_WIDTH } from "../drawing/drawing.js";
import { formatCount } from "../format.js";
import { imageGrid } from "../images.js";

const COLUMNS = 8;
const LABEL_WIDTH = 56;
/** Image pixels to a drawing's pixel, so that a PNG at twice the size stays sharp. */
const RESOLUTION = 2;

/** Images in a square of rows. */
export async function drawImages(values: Float32Array, shape: readonly number[]): Promise<Drawing> {
  const png = await gridOf(values, shape);
  const height = Math.round((FIGURE_WIDTH * png.height) / png.width);
  return drawing(FIGURE_WIDTH, height, placed(png.uri, 0, 0, FIGURE_WIDTH, height));
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

async function gridOf(values: Float32Array, shape: readonly number[]) {
  const [rows = 1, columns = 1] = shape;
  const scale = Math.max(1, Math.round((RESOLUTION * FIGURE_WIDTH) / (COLUMNS * columns)));
  const count = values.length / shape.reduce((product, length) => product * length, 1);
  const across = Math.min(COLUMNS, count);
  const png = await imageGrid(values, shape, COLUMNS, { scale });
  return {
    uri: `data:image/png;base64,${png.toString("base64")}`,
    width: across * (columns + 2) - 2,
    height: Math.ceil(count / across) * (rows + 2) - 2,
  };
}

function placed(href: string, x: number, y: number, width: number, height: number): string {
  return `<image href="${href}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"/>`;
}
