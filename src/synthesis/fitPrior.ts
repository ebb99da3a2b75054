import type { Quantiles } from "../data/codecs/quantiles.js";
import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import { rowLayout, type TableRows } from "../data/codecs/tableRows.js";
import type { Dataset } from "../data/dataset.js";
import { type Shape, sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { type PriorTables, priorBins, priorShapes } from "../networks/rowPrior.js";
import { createRng } from "../random.js";
import type { CodedColumn } from "./codedColumn.js";
import { fitLatentClasses, type LatentClasses, type LatentClassOptions } from "./latentClasses.js";
import { type PlacedColumn, withinClasses } from "./withinClasses.js";

/** Rows that classes are fitted to at most, and the numbers of their encoded form. */
const MOST_ROWS = 50_000;
const MOST_NUMBERS = 2 ** 24;
/** Intervals of a number with many values. */
const EQUAL_INTERVALS = 50;
/** The probability of what a class never does. */
const LEAST = 1e-7;
/** Where intervals lie that there are not. */
const NOWHERE = 2;

/**
 * Fits a mixture of latent classes to the rows of a table, and what numbers have in common within a class.
 * @param classes exactly so many
 */
export async function fitPrior(
  data: Dataset,
  { classes, seed, ...options }: Omit<LatentClassOptions, "classes" | "rows"> & { readonly classes: number },
): Promise<PriorTables> {
  const { codec } = data;
  if (codec.kind !== "tableRows")
    throw new InputError(`"${data.name}" is not a table, and only a table has a prior: set prior to 0.`);
  const layout = rowLayout(codec);
  const edges = edgesOf(codec, priorBins(layout));
  const rng = createRng(seed);
  const n = Math.min(MOST_ROWS, data.size, Math.ceil(MOST_NUMBERS / layout.width));
  const { sample } = data.distinct?.(rng, n) ?? data.batch(rng, n);
  const columns = codedColumns(layout, edges, sample);
  const fitted = await fitLatentClasses(columns, { ...options, classes, seed });
  const factor = withinClasses(fitted, columns, placedColumns(layout, edges, sample), rng);
  const count = quantilesIn(layout).length;
  return { ...tablesOf(layout, edges, columns, fitted, classes), factor: { shape: [count, count], data: factor } };
}

/** The cells of each column: its choices, but for a number's rest, and then the intervals of its quantile. */
function codedColumns({ width, columns }: RowLayout, edges: readonly Edges[], rows: Float32Array): CodedColumn[] {
  const n = rows.length / width;
  return columns.map(({ start, choices, quantile }, column) => {
    const ends = edges[column] ?? [];
    const closed = quantile === null ? choices : Math.max(0, choices - 1);
    const codes = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      const row = rows.subarray(i * width + start, i * width + start + closed);
      const choice = row.indexOf(1);
      const position = quantile === null ? 0 : (rows[i * width + quantile] ?? 0);
      codes[i] = choice >= 0 ? choice : closed + binOf(ends, position);
    }
    return { codes, cells: closed + ends.length };
  });
}

/** Where in their intervals the quantiles of the rows lie. */
function placedColumns(layout: RowLayout, edges: readonly Edges[], rows: Float32Array): PlacedColumn[] {
  const { width, columns } = layout;
  return quantilesIn(layout).map(({ column, quantile }) => {
    const ends = edges[column] ?? [];
    const places = Float32Array.from({ length: rows.length / width }, (_, row) => {
      const position = rows[row * width + quantile] ?? 0;
      const bin = binOf(ends, position);
      const [start, end] = [ends[bin - 1] ?? -1, ends[bin] ?? 1];
      return Math.min(1, Math.max(0, (position - start) / (end - start)));
    });
    return { column, closed: Math.max(0, (columns[column]?.choices ?? 0) - 1), places };
  });
}

function binOf(ends: Edges, position: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 1) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the intervals of a quantile end, the first of which begins at -1; none where a column has no quantile. */
type Edges = readonly number[];

/** An interval for each value of a number that has few, else intervals of equal length. */
function edgesOf({ columns }: TableRows, most: number): Edges[] {
  return columns.map((column) => {
    if (column.kind === "categories" || !column.rest) return [];
    const { isContinuous, ends }: Quantiles = column.rest;
    if (!isContinuous && ends.length <= most) return ends;
    const length = Math.min(EQUAL_INTERVALS, most);
    return Array.from({ length }, (_, i) => (2 * (i + 1)) / length - 1);
  });
}

/** @param classes as many rows as the tables are to have: where fewer were fitted the others have weight 0 */
function tablesOf(
  layout: RowLayout,
  edges: readonly Edges[],
  columns: readonly CodedColumn[],
  fitted: LatentClasses,
  classes: number,
): Omit<PriorTables, "factor"> {
  const shapes = priorShapes(layout, classes);
  const empty = (shape: Shape) => ({ shape, data: new Float32Array(sizeOf(shape)) });
  const [weights, choices] = [empty(shapes.weights), empty(shapes.choices)];
  const [bins, upTo, starts, ends] = [empty(shapes.bins), empty(shapes.upTo), empty(shapes.starts), empty(shapes.ends)];
  const most = priorBins(layout);
  weights.data.fill(Math.log(LEAST));
  bins.data.fill(Math.log(LEAST));
  starts.data.fill(NOWHERE);
  ends.data.fill(NOWHERE);
  const quantiles = layout.columns.flatMap(({ quantile }, column) => (quantile === null ? [] : [edges[column] ?? []]));
  for (const [place, own] of quantiles.entries()) {
    ends.data.set(own, place * most);
    starts.data.set([-1, ...own.slice(0, -1)], place * most);
  }
  for (const [c, weight] of fitted.weights.entries()) {
    weights.data[c] = Math.log(weight + LEAST);
    let place = 0;
    for (const [j, { start, choices: count, quantile }] of layout.columns.entries()) {
      const cells = columns[j]?.cells ?? 0;
      const own = fitted.columns[j]?.subarray(c * cells, (c + 1) * cells) ?? new Float32Array(0);
      const closed = cells - (edges[j]?.length ?? 0);
      const open = own.subarray(closed);
      const rest = open.reduce((sum, p) => sum + p, 0);
      for (let i = 0; i < closed; i++) choices.data[c * layout.width + start + i] = Math.log((own[i] ?? 0) + LEAST);
      if (quantile === null) continue;
      if (count > 0) choices.data[c * layout.width + start + closed] = Math.log(rest + LEAST);
      let sum = 0;
      for (let bin = 0; bin < most; bin++) {
        const share = bin >= open.length ? 0 : rest > 0 ? (open[bin] ?? 0) / rest : 1 / open.length;
        sum += share;
        bins.data[(place * most + bin) * classes + c] = Math.log(share + LEAST);
        upTo.data[(c * quantiles.length + place) * most + bin] = sum;
      }
      place++;
    }
  }
  return { weights, choices, bins, upTo, starts, ends };
}
