// @ts-check
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import sharp from "sharp";

const PANEL = { width: 380, height: 250 };
const COLOURS = ["#1f6fb4", "#d1632a", "#3c8d53", "#8a5db0"];
const LEGEND_HEIGHT = 36;

/**
 * @typedef {{ name: string, points: (readonly [size: number, cost: number])[] }} Line
 * @typedef {{ title: string, size: string, cost: string, lines: Line[] }} Panel what is on its axes, and a line for each participant
 */

/**
 * Draws growth as small panels with logarithmic axes, in which `cost = a size^b` is a straight line of slope b.
 * @param {readonly Panel[]} panels
 * @param {number} columns of panels
 * @param {string} path of the PNG file
 */
export async function drawGrowth(panels, columns, path) {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const width = columns * PANEL.width;
  const height = LEGEND_HEIGHT + Math.ceil(panels.length / columns) * PANEL.height;
  const parts = panels.map((panel, i) => {
    const [x, y] = [(i % columns) * PANEL.width, LEGEND_HEIGHT + Math.floor(i / columns) * PANEL.height];
    return `<g transform="translate(${x},${y})">${drawPanel(panel, names)}<text x="60" y="14" font-size="13" font-weight="bold">${panel.title}</text><text x="60" y="29" font-size="10">${panel.cost}</text></g>`;
  });
  const legend = names.map(
    (name, i) =>
      `<rect x="${60 + 170 * i}" y="12" width="12" height="12" fill="${COLOURS[i]}"/><text x="${78 + 170 * i}" y="23" font-size="13">${name}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif">${[...legend, ...parts].join("")}</svg>`;
  await sharp(Buffer.from(svg), { density: 110 }).flatten({ background: "white" }).png({ palette: true }).toFile(path);
}

/** @param {Panel} panel @param {string[]} names */
function drawPanel({ size, lines }, names) {
  const { document } = parseHTML("<html><body></body></html>");
  const points = lines.flatMap(({ name, points }) => points.map(([size, cost]) => ({ name, size, cost })));
  const sizes = [...new Set(points.map(({ size }) => size))].sort((a, b) => a - b);
  const [low, high] = decadesAround(points.map(({ cost }) => cost));
  const figure = Plot.plot({
    document,
    ...PANEL,
    marginTop: 40,
    marginLeft: 60,
    marginRight: 36,
    marginBottom: 40,
    x: { type: "log", label: size, ticks: sizes, tickFormat: (size) => size.toLocaleString("en") },
    y: { type: "log", domain: [low, high], label: null, grid: true, ticks: ticksBetween(low, high), tickFormat: "~g" },
    color: { domain: names, range: COLOURS.slice(0, names.length) },
    marks: [
      Plot.line(points, { x: "size", y: "cost", stroke: "name", strokeWidth: 2 }),
      Plot.dot(points, { x: "size", y: "cost", fill: "name", r: 3 }),
    ],
  });
  return figure.outerHTML;
}

/** Whole powers of ten, so that a cost that hardly grows looks like one. @param {number[]} costs */
function decadesAround(costs) {
  const exponents = costs.map(Math.log10);
  return [10 ** Math.floor(Math.min(...exponents)), 10 ** Math.ceil(Math.max(...exponents))];
}

/** @param {number} low @param {number} high both powers of ten */
function ticksBetween(low, high) {
  const decades = Math.round(Math.log10(high / low));
  const steps = decades > 2 ? [1] : [1, 2, 5];
  const ticks = Array.from({ length: decades }, (_, i) => steps.map((step) => step * low * 10 ** i)).flat();
  return [...ticks, high];
}
