import { printable } from "../../quoting.js";
import { type Drawing, drawing, escapeMarkup } from "../drawing/drawing.js";
import { formatCorrelation } from "../format.js";

/** Values from -1 to 1 for each two columns, `null` where there is none. */
export type Matrix = readonly (readonly (number | null)[])[];

/** Of values above and below 0; what is 0 is the page itself. */
export const ABOVE = "#0b76c5";
export const BELOW = "#d55e00";

const WIDTH = 340;
const LABELS = 98;
const LABEL_CHARACTERS = 13;
/** More names than these would lie upon each other. */
const MOST_NAMED = 30;

/** A matrix as squares whose strength is the value's part of `largest`, with the names of the columns on the left. */
export function drawMatrix(names: readonly string[], values: Matrix, largest = 1): Drawing {
  const named = names.length <= MOST_NAMED;
  const left = named ? LABELS : 0;
  const side = (WIDTH - left) / names.length;
  const size = Math.max(7, Math.min(11, side - 1));
  const labels = named
    ? names.map(
        (name, i) =>
          `<text x="${left - 6}" y="${short(side * (i + 0.5) + size / 3)}" text-anchor="end" font-size="${short(size)}">${escapeMarkup(cut(printable(name)))}</text>`,
      )
    : [];
  const cells = values.flatMap((row, i) =>
    row.map((value, j) => {
      const title = `<title>${escapeMarkup(`${printable(names[i] ?? "")} · ${printable(names[j] ?? "")}: ${value === null ? "none" : formatCorrelation({ mean: value, error: null })}`)}</title>`;
      const box = `x="${short(left + side * j)}" y="${short(side * i)}" width="${short(side - 1)}" height="${short(side - 1)}"`;
      return value === null || i === j
        ? `<rect ${box} fill="currentColor" fill-opacity="0.07">${title}</rect>`
        : `<rect ${box} fill="${value < 0 ? BELOW : ABOVE}" fill-opacity="${strength(value, largest)}">${title}</rect>`;
    }),
  );
  return drawing(WIDTH, left === 0 ? WIDTH : side * names.length, labels.join("") + cells.join(""));
}

/** The first less the second, `null` where one of them is. */
export function differenceOf(first: Matrix, second: Matrix): (number | null)[][] {
  return first.map((row, i) =>
    row.map((value, j) => {
      const other = second[i]?.[j] ?? null;
      return value === null || other === null ? null : value - other;
    }),
  );
}

/** The rows and columns of a matrix at some places. */
export function partOf(matrix: Matrix, places: readonly number[]): (number | null)[][] {
  return places.map((i) => places.map((j) => matrix[i]?.[j] ?? null));
}

function strength(value: number, largest: number): string {
  return (0.04 + 0.96 * Math.min(1, Math.abs(value) / (largest || 1))).toFixed(2);
}

function cut(name: string): string {
  const characters = [...name];
  return characters.length <= LABEL_CHARACTERS ? name : `${characters.slice(0, LABEL_CHARACTERS - 1).join("")}…`;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
