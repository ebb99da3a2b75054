import { z } from "zod";
import type { CategoryColumn, NumberColumn, Table, Column as TableColumn } from "../../tables/table.js";
import type { Coding } from "./coding.js";
import { type Quantiles, quantilesAt, quantilesOf, quantilesSchema, valueAt } from "./quantiles.js";
import { layRow, type RowLayout } from "./rowLayout.js";

/**
 * How rows of a table become numbers that suit a network. A category is one-hot, a missing value being one more. A number is one-hot over
 * its atoms, the values that many rows share (a missing value too), and "the rest", and beside it the quantile of the rest in [-1, 1].
 */
export interface TableRows {
  readonly kind: "tableRows";
  readonly columns: readonly RowColumn[];
}

export type RowColumn = CategoryRows | NumberRows;

export interface CategoryRows {
  readonly kind: "categories";
  readonly name: string;
  readonly categories: readonly string[];
  readonly hasMissing: boolean;
  /** How often each choice occurs, of all rows: those of the categories, then of what is missing where `hasMissing`. */
  readonly shares: readonly number[];
}

export interface NumberRows {
  readonly kind: "numbers";
  readonly name: string;
  readonly atoms: readonly number[];
  readonly hasMissing: boolean;
  /** How often each choice occurs, of all rows: the atoms, what is missing where `hasMissing`, the rest where there is one. */
  readonly shares: readonly number[];
  /** How the rest is spread; `null` where atoms are all that there is. */
  readonly rest: Quantiles | null;
}

const share = z.number().min(0).max(1);

export const tableRowsSchema = z.strictObject({
  kind: z.literal("tableRows"),
  columns: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("categories"),
          name: z.string(),
          categories: z.array(z.string()),
          hasMissing: z.boolean(),
          shares: z.array(share),
        }),
        z.strictObject({
          kind: z.literal("numbers"),
          name: z.string(),
          atoms: z.array(z.number()),
          hasMissing: z.boolean(),
          shares: z.array(share),
          rest: quantilesSchema.nullable(),
        }),
      ]),
    )
    .min(1),
}) satisfies z.ZodType<TableRows>;

/**
 * The codec that suits a table. It knows no value that only other rows than `learned` have, such as those that are held out, but for the
 * names of categories and whether values are missing, which are the table's.
 * @param learned the rows that atoms, quantiles and shares are taken from. Default: all.
 */
export function tableRows({ columns, rows }: Table, learned: Uint32Array = firstRows(rows)): TableRows {
  return {
    kind: "tableRows",
    columns: columns.map((column) =>
      column.kind === "categories" ? categoryRows(column, learned) : numberRows(column, learned),
    ),
  };
}

function firstRows(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

function categoryRows({ name, categories, codes }: CategoryColumn, learned: Uint32Array): CategoryRows {
  const counts = new Float64Array(categories.length + 1);
  for (const row of learned) {
    const code = codes[row] ?? -1;
    counts[code < 0 ? categories.length : code]! += 1;
  }
  const hasMissing = codes.some((code) => code < 0);
  const known = counts.subarray(0, categories.length + (hasMissing ? 1 : 0));
  return {
    kind: "categories",
    name,
    categories,
    hasMissing,
    shares: [...known].map((count) => count / learned.length),
  };
}

/** A value that a larger share of rows has than this can be an atom. */
const ATOM_SHARE = 0.02;
/** ... where its share is also so many times the median of those of its neighbours, so many on each side. */
const ATOM_PROMINENCE = 2;
const NEIGHBOURS = 5;
/** A number with no more different values than this is atoms alone. */
const FEW_VALUES = 12;

function numberRows({ name, values: all }: NumberColumn, learned: Uint32Array): NumberRows {
  const rows = learned.length;
  const sorted = Float64Array.from(learned, (row) => all[row] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const { values, counts } = distinct(sorted);
  const isFew = values.length <= FEW_VALUES;
  const isAtom = [...values.keys()].map((place) => isFew || standsOut(counts, place, rows));
  const [atoms, others] = [values.filter((_, i) => isAtom[i]), values.filter((_, i) => !isAtom[i])];
  const hasMissing = all.some(Number.isNaN);
  const rest =
    others.length > 0
      ? quantilesOf(
          others,
          counts.filter((_, i) => !isAtom[i]),
        )
      : null;
  const ofAtoms = [...counts.filter((_, i) => isAtom[i])];
  const ofRest = sorted.length - ofAtoms.reduce((sum, count) => sum + count, 0);
  const choices = [...ofAtoms, ...(hasMissing ? [rows - sorted.length] : []), ...(rest ? [ofRest] : [])];
  const shares = choices.map((count) => count / rows);
  return { kind: "numbers", name, atoms: [...atoms], hasMissing, shares, rest };
}

function standsOut(counts: Float64Array, place: number, rows: number): boolean {
  const count = counts[place] ?? 0;
  if (count <= ATOM_SHARE * rows) return false;
  const around = counts.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1).sort();
  return count > ATOM_PROMINENCE * (around[Math.floor(around.length / 2)] ?? 0);
}

/** The different ones of ascending numbers, and how often each occurs. */
export function distinct(sorted: Float64Array): { readonly values: Float64Array; readonly counts: Float64Array } {
  const [values, counts]: [number[], number[]] = [[], []];
  for (const value of sorted) {
    if (value === values.at(-1)) counts[counts.length - 1]! += 1;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}

/** Where the columns lie in an encoded row. A number without atoms and gaps has its quantile alone. */
export function rowLayout({ columns }: TableRows): RowLayout {
  return layRow(
    columns.map((column) => {
      const hasQuantile = column.kind === "numbers" && column.rest !== null;
      const isPlain = hasQuantile && column.shares.length === 1;
      return { name: column.name, choices: isPlain ? 0 : column.shares.length, hasQuantile };
    }),
  );
}

/** The choice that a number is, counted from 0: where atoms are all that there is, the nearest of them. What cannot be missing is the last choice. */
export function choiceOf({ atoms, hasMissing, rest, shares }: NumberRows, value: number): number {
  if (Number.isNaN(value)) return hasMissing ? atoms.length : shares.length - 1;
  const atom = atoms.indexOf(value);
  if (atom >= 0) return atom;
  return rest ? shares.length - 1 : nearest(atoms, value);
}

function nearest(atoms: readonly number[], value: number): number {
  const distances = atoms.map((atom) => Math.abs(atom - value));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}

/** What decodes the choice and the quantile of a number. */
function numberAt({ atoms, hasMissing, rest }: NumberRows, choice: number, quantile: number): number {
  const atom = atoms[choice];
  if (atom !== undefined) return atom;
  return (hasMissing && choice === atoms.length) || !rest ? Number.NaN : valueAt(rest, quantile);
}

/**
 * Encoded rows as a table again: of each column's choices the largest, of its quantile the value there.
 * @param samples flat `[rows, width]`
 */
export function decodeRows(codec: TableRows, samples: Float32Array, name = "samples"): Table {
  const { width, columns: laid } = rowLayout(codec);
  const rows = samples.length / width;
  const columns = codec.columns.map((column, i): TableColumn => {
    const { start = 0, choices = 0, quantile } = laid[i] ?? {};
    const choiceAt = (row: number) => largest(samples, row * width + start, choices);
    if (column.kind === "categories") {
      const { name, categories } = column;
      const codes = new Int32Array(rows);
      for (let row = 0; row < rows; row++) {
        const choice = choiceAt(row);
        codes[row] = choice < categories.length ? choice : -1;
      }
      return { kind: "categories", name, categories, codes };
    }
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const choice = choices === 0 ? Number.POSITIVE_INFINITY : choiceAt(row);
      values[row] = numberAt(column, choice, quantile == null ? 0 : (samples[row * width + quantile] ?? 0));
    }
    return { kind: "numbers", name: column.name, values };
  });
  return { name, rows, columns };
}

function largest(samples: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if ((samples[start + i] ?? 0) > (samples[start + best] ?? 0)) best = i;
  return best;
}

/** The choice that the place of a category is: what is missing, and what is none, comes last. */
function categoryOf({ shares }: CategoryRows, value: number): number {
  return value >= 0 && value < shares.length ? Math.floor(value) : shares.length - 1;
}

/** Rows flat `[rows, columns]`: numbers as they are, NaN where one is missing; categories as their places, -1 where one is missing. */
export function tableRowsCoding(codec: TableRows): Coding {
  const count = codec.columns.length;
  const { width, columns: laid } = rowLayout(codec);
  return {
    encode(values) {
      const rows = values.length / count;
      const samples = new Float32Array(rows * width);
      for (const [place, column] of codec.columns.entries()) {
        const { start = 0, choices = 0, quantile = null } = laid[place] ?? {};
        for (let row = 0; row < rows; row++) {
          const value = values[row * count + place] ?? Number.NaN;
          const choice = column.kind === "numbers" ? choiceOf(column, value) : categoryOf(column, value);
          if (choices > 0) samples[row * width + start + choice] = 1;
          const isRest = column.kind === "numbers" && quantile !== null && (choices === 0 || choice === choices - 1);
          if (isRest && column.rest) {
            const [low, high] = quantilesAt(column.rest, value);
            samples[row * width + quantile] = (low + high) / 2;
          }
        }
      }
      return samples;
    },
    decode(samples) {
      const { rows, columns } = decodeRows(codec, samples);
      const values = new Float64Array(rows * count);
      for (const [place, column] of columns.entries()) {
        const from = column.kind === "numbers" ? column.values : column.codes;
        for (let row = 0; row < rows; row++) values[row * count + place] = from[row] ?? Number.NaN;
      }
      return values;
    },
  };
}
