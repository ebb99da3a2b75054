import { drawDistinct } from "../data/drawDistinct.js";
import { createRng } from "../random.js";
import { type CodedColumn, rowsOf } from "./codedColumn.js";
import { fitLatentClasses, type LatentClassOptions } from "./latentClasses.js";
import { logLikelihoods } from "./logLikelihoods.js";

export interface ClassChoiceOptions extends Pick<LatentClassOptions, "iterations" | "rows" | "seed" | "signal"> {
  /** Numbers of classes to choose among. Default: 50, 150, 500. */
  readonly candidates?: readonly number[] | undefined;
  /** Default: 20. */
  readonly iterations?: number | undefined;
  /** Rows that are used at most, held-out ones included. Default: 20,000. */
  readonly rows?: number | undefined;
  /** Told after each candidate how many are done. */
  readonly onProgress?: ((progress: { readonly done: number; readonly candidates: number }) => void) | undefined;
}

export interface ClassChoice {
  /** The number of classes under which held-out rows are likeliest; of equal ones the smallest. */
  readonly classes: number;
  /** Of each candidate the mean of log p(row) over held-out rows, in nats. */
  readonly heldOut: readonly { readonly classes: number; readonly logLikelihood: number }[];
}

/** One row of so many is held out. */
const HELD_OUT = 10;

/**
 * Chooses how many latent classes suit a table: each number is fitted to nine tenths of some rows, and the one is taken that makes the
 * other tenth likeliest. Held-out rows with a cell that no other row has say nothing and are left out.
 * @throws InputError as `fitLatentClasses`
 */
export async function chooseClasses(
  columns: readonly CodedColumn[],
  { candidates = [50, 150, 500], iterations = 20, rows: most = 20_000, seed, onProgress, signal }: ClassChoiceOptions,
): Promise<ClassChoice> {
  const rows = rowsOf(columns);
  const drawn = drawDistinct(createRng(seed), rows, Math.min(rows, most));
  const held = Math.floor(drawn.length / HELD_OUT);
  const fitted = columns.map((column) => rowsAt(column, drawn.subarray(held)));
  const others = columns.map((column) => rowsAt(column, drawn.subarray(0, held)));
  const numbers = [...new Set(candidates.map((classes) => Math.min(classes, drawn.length - held)))].sort(
    (a, b) => a - b,
  );
  const heldOut: { classes: number; logLikelihood: number }[] = [];
  for (const classes of numbers) {
    const model = await fitLatentClasses(fitted, { classes, iterations, seed, signal });
    heldOut.push({ classes, logLikelihood: meanOfFinite(logLikelihoods(model, others)) });
    onProgress?.({ done: heldOut.length, candidates: numbers.length });
  }
  const best = heldOut.reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best));
  return { classes: best.classes, heldOut };
}

function rowsAt({ codes, cells }: CodedColumn, rows: Uint32Array): CodedColumn {
  return { codes: rows.map((row) => codes[row]!), cells };
}

/** 0 where there is none: then nothing speaks for one number of classes or another. */
function meanOfFinite(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / Math.max(finite.length, 1);
}
