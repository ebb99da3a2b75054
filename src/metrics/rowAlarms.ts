import { decodeRows, type TableRows } from "../data/codecs/tableRows.js";
import type { Dataset } from "../data/dataset.js";
import { copiedRows } from "../judge/copies.js";
import { quoted } from "../quoting.js";
import { createRng } from "../random.js";
import type { Column, Table } from "../tables/table.js";

/** Training rows that copies are looked for among, by the numbers of their encoded form at most. */
const MOST_NUMBERS = 2 ** 22;
/** How much larger the share of copies has to be than among held-out rows, beside what is chance: so many standard errors. */
const MORE_COPIES = 0.02;
const ERRORS = 4;
/** A column has collapsed where fakes have fewer than this share of the different values of as many held-out rows, of so many at least. */
const FEWER_VALUES = 1 / 4;
const LEAST_VALUES = 8;
/** ... or one value only, where held-out rows have no value more often than this. */
const ONE_VALUE = 0.95;
/** Rows have collapsed where the share of them that come only once is below this share of that of held-out rows. */
const FEWER_ROWS = 1 / 2;

/** What is wrong with rows, by a name for each thing, as sentences. */
export type RowAlarms = (samples: Float32Array) => ReadonlyMap<string, string>;

/**
 * Prepares to look whether a generator of rows copies what it is trained on, or has collapsed: whether more of its rows equal a training row
 * than of held-out ones, whether many come more than once, and whether a column has hardly any of its values. `undefined` where there are
 * no held-out rows to compare with.
 */
export function rowAlarms(data: Dataset, seed: number): RowAlarms | undefined {
  const { codec, heldOut } = data;
  if (codec.kind !== "tableRows" || !heldOut) return undefined;
  const training = rowsOf(codec, data, seed);
  const held = rowsOf(codec, heldOut, seed);
  const usual = shareOf(copiedRows(held, training));
  return (samples) => {
    const made = decodeRows(codec, samples);
    const alarms = new Map<string, string>();
    const copied = shareOf(copiedRows(made, training));
    const pooled = (copied * made.rows + usual * held.rows) / (made.rows + held.rows);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / made.rows + 1 / held.rows));
    if (copied - usual > MORE_COPIES + ERRORS * error) {
      alarms.set(
        "copies",
        `${percent(copied)} of the rows that are made equal a row of the data, and ${percent(usual)} of rows that were held out do: the generator learns rows by heart. Train for fewer iterations, or with a smaller prior.`,
      );
    }
    // Of more rows more come twice.
    const [some, others] = [firstRows(made, held.rows), firstRows(held, made.rows)];
    const [once, usuallyOnce] = [comingOnce(some), comingOnce(others)];
    if (once < FEWER_ROWS * usuallyOnce) {
      alarms.set(
        "rows",
        `${percent(1 - once)} of the rows that are made come more than once, and ${percent(1 - usuallyOnce)} of those of the data: the generator has collapsed to a few rows.`,
      );
    }
    some.columns.forEach((column, place) => {
      const real = others.columns[place];
      const problem = real && collapseOf(valuesIn(column), valuesIn(real), others.rows);
      if (problem) alarms.set(`column ${place}`, `The column ${quoted(column.name)} has collapsed: ${problem}.`);
    });
    return alarms;
  };
}

/** Different rows of a data set, as many as are looked at. */
function rowsOf(codec: TableRows, data: Dataset, seed: number): Table {
  const width = data.fields.sample.shape[0] ?? 1;
  const rng = createRng(seed);
  const n = Math.min(data.size, Math.ceil(MOST_NUMBERS / width));
  return decodeRows(codec, (data.distinct?.(rng, n) ?? data.batch(rng, n)).sample);
}

function firstRows({ name, rows, columns }: Table, count: number): Table {
  const first = (column: Column): Column =>
    column.kind === "categories"
      ? { ...column, codes: column.codes.subarray(0, count) }
      : { ...column, values: column.values.subarray(0, count) };
  return { name, rows: Math.min(rows, count), columns: columns.map(first) };
}

/** How often each value of a column occurs. */
function valuesIn(column: Column): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of column.kind === "categories" ? column.codes : column.values)
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function collapseOf(made: ReadonlyMap<number, number>, real: ReadonlyMap<number, number>, rows: number) {
  if (made.size === 1 && Math.max(...real.values()) <= ONE_VALUE * rows) return "all rows that are made have one value";
  if (real.size < LEAST_VALUES || made.size >= FEWER_VALUES * real.size) return undefined;
  return `rows that are made have ${made.size} different values, and as many of the data ${real.size}`;
}

function comingOnce(rows: Table): number {
  return 1 - shareOf(copiedRows(rows, rows));
}

function shareOf(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / Math.max(1, flags.length);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
