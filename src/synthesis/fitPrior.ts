import { rowOf } from "../data/codecs/index.js";
import type { RowLayout } from "../data/codecs/rowLayout.js";
import type { Dataset } from "../data/dataset.js";
import { InputError } from "../errors.js";
import { PRIOR_BINS, type PriorTables, priorShapes } from "../networks/rowPrior.js";
import { createRng } from "../random.js";
import type { CodedColumn } from "./codedColumn.js";
import { fitLatentClasses, type LatentClasses, type LatentClassOptions } from "./latentClasses.js";

/** Fewer rows of the data than this for each class would make classes of single rows. */
const ROWS_A_CLASS = 40;
/** Rows that classes are fitted to at most, and the numbers of their encoded form. */
const MOST_ROWS = 50_000;
const MOST_NUMBERS = 2 ** 24;
/** The logarithm of what a class never does. */
const LEAST = 1e-7;

/** The classes that data of so many rows can have, of those that are wanted. */
export function classesFor(wanted: number, rows: number): number {
  return Math.min(wanted, Math.max(1, Math.floor(rows / ROWS_A_CLASS)));
}

/**
 * Fits a mixture of latent classes to the rows of a table.
 * @param classes exactly so many
 */
export async function fitPrior(
  data: Dataset,
  { classes, seed, ...options }: Omit<LatentClassOptions, "classes" | "rows"> & { readonly classes: number },
): Promise<PriorTables> {
  const layout = rowOf(data.codec);
  if (!layout) throw new InputError(`"${data.name}" is no table, and only a table has a prior: set prior to 0.`);
  const rng = createRng(seed);
  const n = Math.min(MOST_ROWS, data.size, Math.ceil(MOST_NUMBERS / layout.width));
  const { sample } = data.distinct?.(rng, n) ?? data.batch(rng, n);
  const columns = codedColumns(layout, sample);
  return tablesOf(layout, columns, await fitLatentClasses(columns, { ...options, classes, seed }), classes);
}

/** The cells of each column: its choices, but for a number's rest, and then the intervals of its quantile. */
function codedColumns({ width, columns }: RowLayout, rows: Float32Array): CodedColumn[] {
  const n = rows.length / width;
  return columns.map(({ start, choices, quantile }) => {
    const closed = quantile === null ? choices : Math.max(0, choices - 1);
    const codes = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      const row = rows.subarray(i * width + start, i * width + start + closed);
      const choice = row.indexOf(1);
      const position = quantile === null ? 0 : (rows[i * width + quantile] ?? 0);
      codes[i] = choice >= 0 ? choice : closed + binOf(position);
    }
    return { codes, cells: closed + (quantile === null ? 0 : PRIOR_BINS) };
  });
}

function binOf(position: number): number {
  return Math.min(PRIOR_BINS - 1, Math.max(0, Math.floor(((position + 1) / 2) * PRIOR_BINS)));
}

/** @param classes as many rows as the tables are to have: where fewer were fitted the others have weight 0 */
function tablesOf(
  layout: RowLayout,
  columns: readonly CodedColumn[],
  fitted: LatentClasses,
  classes: number,
): PriorTables {
  const shapes = priorShapes(layout, classes);
  const [choices, bins] = [shapes.choices, shapes.bins].map((shape = []) => ({
    shape,
    data: new Float32Array(shape.reduce((size, length) => size * length, 1)),
  }));
  const weights = { shape: [classes], data: new Float32Array(classes).fill(Math.log(LEAST)) };
  if (!choices || !bins) throw new RangeError("a prior has three tables");
  const binsWidth = bins.shape[1] ?? 0;
  for (const [c, weight] of fitted.weights.entries()) {
    weights.data[c] = Math.log(weight + LEAST);
    let place = 0;
    for (const [j, { start, choices: count, quantile }] of layout.columns.entries()) {
      const cells = columns[j]?.cells ?? 0;
      const own = fitted.columns[j]?.subarray(c * cells, (c + 1) * cells) ?? new Float32Array(0);
      const closed = quantile === null ? count : Math.max(0, count - 1);
      const rest = own.subarray(closed).reduce((sum, p) => sum + p, 0);
      for (let i = 0; i < closed; i++) choices.data[c * layout.width + start + i] = Math.log((own[i] ?? 0) + LEAST);
      if (quantile === null) continue;
      if (count > 0) choices.data[c * layout.width + start + closed] = Math.log(rest + LEAST);
      for (let b = 0; b < PRIOR_BINS; b++)
        bins.data[c * binsWidth + place * PRIOR_BINS + b] = rest > 0 ? (own[closed + b] ?? 0) / rest : 1 / PRIOR_BINS;
      place++;
    }
  }
  return { weights, choices, bins };
}
