import * as Plot from "@observablehq/plot";
import sharp from "sharp";
import type { Surface } from "../../figures/surfaces.js";
import { type Drawing, FIGURE_WIDTH, FONT_SIZE, stack } from "../drawing/drawing.js";
import { dust } from "../drawing/dust.js";
import { plot } from "../drawing/plot.js";
import { extent, linearAxis } from "../drawing/scale.js";
import { formatNumber } from "../format.js";
import { axes } from "./samples.js";

const SCHEME = "viridis";
const NOT_A_NUMBER = "#808080";
/** How many pixels of the heat map one value becomes, smoothed: values are a grid of points and not of squares. */
const ENLARGEMENT = 5;

/** A surface of scores that count up to a constant only, with their 0 half-way between real samples and fakes. */
export function centred(surface: Surface): Surface {
  return { ...surface, values: surface.values.map((value) => value - surface.middle), middle: 0 };
}

/**
 * What the network says at every place of the plane, as a heat map with lines of equal output, the real samples small over it and its
 * scale beneath: from 0 to 1 for a probability; for scores over `scale`, from their smallest to their largest where it is absent.
 */
export async function drawSurface(
  surface: Surface,
  output: "probability" | "score",
  real: Float32Array,
  scale?: readonly [number, number],
): Promise<Drawing> {
  const found = extent(surface.values);
  const domain = output === "probability" ? ([0, 1] as const) : (scale ?? found);
  const colors = Plot.scale({
    color: { scheme: SCHEME, domain: domain[0] < domain[1] ? [...domain] : [domain[0] - 1, domain[0] + 1] },
  });
  const colorOf = (value: number) => (Number.isFinite(value) ? (colors.apply(value) as string) : NOT_A_NUMBER);
  const image = await heatMap(surface, colorOf);
  const thresholds = Array.from({ length: 9 }, (_, i) => domain[0] + ((domain[1] - domain[0]) * (i + 1)) / 10);
  const { x, y, rows, columns, values } = surface;
  const map = plot({
    ...axes(surface),
    marks: [
      imageMark(image, x, y),
      Plot.contour(values, {
        ...{ width: columns, height: rows, x1: x[0], x2: x[1], y1: y[0], y2: y[1] },
        ...{ thresholds, stroke: "#ffffff", strokeOpacity: 0.75, strokeWidth: 0.9 },
      }),
      dust(real, 2, { color: "#ffffff", size: 3.2, opacity: 0.8 }),
      dust(real, 2, { color: "#1b1f24", size: 1.8 }),
      Plot.frame({ strokeOpacity: 0.4 }),
    ],
  });
  return stack([map, await colorBar(domain, found, output, colorOf)]);
}

/** The scale of the colours, with what part of it the network uses. */
async function colorBar(
  [low, high]: readonly [number, number],
  found: readonly [number, number],
  output: "probability" | "score",
  colorOf: (value: number) => string,
): Promise<Drawing> {
  const steps = 128;
  const values = Float32Array.from({ length: steps }, (_, i) => low + ((high - low) * i) / (steps - 1));
  const image = await heatMap({ rows: 1, columns: steps, values }, colorOf);
  const domain: readonly [number, number] = low < high ? [low, high] : [low - 1, low + 1];
  const used = `${formatNumber(found[0])} to ${formatNumber(found[1])}`;
  const label =
    output === "probability" ? `probability: bounded, 0 to 1 (here ${used})` : `score: unbounded (here ${used})`;
  const { ticks, tickFormat } = linearAxis(domain);
  return plot({
    width: FIGURE_WIDTH,
    height: 62,
    marginLeft: 40,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 40,
    style: { fontSize: `${FONT_SIZE}px` },
    x: { domain, ticks, tickFormat, tickSize: 0, label, labelAnchor: "center", labelArrow: "none" },
    y: { domain: [0, 1], axis: null },
    marks: [imageMark(image, domain, [0, 1])],
  } as Plot.PlotOptions & { width: number; height: number });
}

/** The values as a PNG in a data URI, row 0 at the bottom. */
async function heatMap(
  { rows, columns, values }: Pick<Surface, "rows" | "columns" | "values">,
  colorOf: (value: number) => string,
): Promise<string> {
  const pixels = Buffer.alloc(rows * columns * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? Number.NaN;
      const color = Number.parseInt(colorOf(value).slice(1, 7), 16);
      pixels.writeUIntBE(color, 3 * ((rows - 1 - row) * columns + column), 3);
    }
  }
  const png = await sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(columns * ENLARGEMENT, rows * ENLARGEMENT, { kernel: "cubic" })
    .png({ palette: true, quality: 100, effort: 4 })
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** An image stretched over a rectangle of the axes. */
function imageMark(
  href: string,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): Plot.RenderFunction {
  return (_index, scales, _values, _dimensions, { document }) => {
    const { x, y } = scales;
    if (!x || !y) return null;
    const [x1, x2, y1, y2] = [Number(x(left)), Number(x(right)), Number(y(top)), Number(y(bottom))];
    const element = document.createElementNS("http://www.w3.org/2000/svg", "image");
    const attributes = { href, x: x1, y: y1, width: x2 - x1, height: y2 - y1, preserveAspectRatio: "none" };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element as SVGElement;
  };
}
