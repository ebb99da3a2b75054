import { stat } from "node:fs/promises";
import { readCells } from "../data/sources/cells.js";
import { partedRows } from "../data/stored.js";
import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import type { CellTable } from "../tables/cellTable.js";
import { inferSchema } from "../tables/inferSchema.js";
import { joinTables } from "../tables/joinTables.js";
import { readTable } from "../tables/readTable.js";
import type { TableSchema } from "../tables/schema.js";
import type { Table } from "../tables/table.js";
import type { TableChoices } from "../tables/tableChoices.js";
import { takeRows } from "../tables/takeRows.js";
import { openRunData } from "./runData.js";
import { sampleTables } from "./sampleTables.js";
import { loadRun } from "./savedRun.js";

/** Tables to be judged, all read by the schema of the real one. */
export interface JudgedTables {
  /** What the columns are: told by the cells of the real table, or as it was chosen. */
  readonly schema: TableSchema;
  /** The real rows. */
  readonly real: Table;
  /** The rows to be judged. */
  readonly synthetic: Table;
  /** Real rows that the synthetic ones were not made from. */
  readonly holdout?: Table | undefined;
  /** What you should know of how they were read, a sentence each. */
  readonly warnings: readonly string[];
}

/** Where tables to be judged come from. */
export interface JudgedPaths {
  /** A file of real rows, or the folder of a run. */
  readonly real: string;
  /** A file of synthetic rows. Default: of a run, new rows of its generator, as many as it was trained on, at most 100,000; else an error. */
  readonly synthetic?: string | undefined;
  /** A file of real rows that the synthetic ones were not made from. Default: of a run, the rows that it held out; else none. */
  readonly holdout?: string | undefined;
}

/** How tables to be judged are read. The columns of a run are those of its schema, whatever is chosen here. */
export interface OpenTablesOptions extends Pick<TableChoices, "schema" | "types" | "drop" | "mostCategories"> {
  /** Whether the first row of a text file holds the names of its columns. Default: told by its cells. */
  readonly header?: boolean | undefined;
  /** Seed of the rows that a run makes. Default: 0. */
  readonly seed?: number | undefined;
}

/** Real rows, and what other tables are read by. */
interface RealRows extends Pick<JudgedTables, "schema" | "real" | "holdout" | "warnings"> {
  /** All columns of its file, those too that are left out. */
  readonly columns: ReadonlySet<string>;
  /** Makes synthetic rows. */
  readonly draw: (seed: number) => Promise<Table>;
}

/** Rows that are drawn of a run at most. */
const MOST_DRAWN = 100_000;

/**
 * Opens the tables that `judge` compares: two files or three, or a run, of which the rows that it was trained on, those that it held out and
 * new ones of its generator are taken. Files are of any kind that `monge train` reads. Identifiers, free text and constants, which say nothing
 * of how good a table is, are left out, with a warning.
 *
 * ```ts
 * const tables = await openTables({ real: "customers.csv", synthetic: "synthetic.csv" });
 * const results = await judge(tables);
 * ```
 * @param paths files, or the folder of a run
 * @param options how files are read, and the seed of a run's rows
 * @throws InputError where a file or run cannot be read, a column of the real table is not in another one or holds something else there, or
 * there is neither a file of synthetic rows nor a run
 */
export async function openTables(
  { real, synthetic, holdout }: JudgedPaths,
  { header, seed = 0, ...choices }: OpenTablesOptions = {},
): Promise<JudgedTables> {
  const isFolder = await stat(real).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const source = isFolder ? await rowsOfRun(real) : await rowsOfFile(real, choices, header);
  const warnings = [...source.warnings, ...leftOut(source)];
  const open = async (path: string) => {
    const cells = await readCells(path, { header });
    warnings.push(...cells.warnings, ...furtherColumns(cells, source, real));
    return readTable(cells, source.schema);
  };
  return {
    schema: source.schema,
    real: source.real,
    synthetic: synthetic === undefined ? await source.draw(seed) : await open(synthetic),
    holdout: holdout === undefined ? source.holdout : await open(holdout),
    warnings,
  };
}

async function rowsOfFile(path: string, choices: TableChoices, header: boolean | undefined): Promise<RealRows> {
  const cells = await readCells(path, { header });
  const { schema } = inferSchema(cells, choices);
  return {
    schema,
    real: readTable(cells, schema),
    columns: namesOf(cells),
    warnings: cells.warnings,
    draw() {
      throw new InputError(`${path} is not a run: give the file of synthetic rows after it, or the folder of a run.`);
    },
  };
}

async function rowsOfRun(folder: string): Promise<RealRows> {
  const run = await loadRun(folder);
  if (!run.data.table) throw new InputError(`The run in ${folder} was not trained on a table; give one that was.`);
  const { place } = await openRunData(run);
  const cells = await readCells(place.files.data, { header: run.config.header });
  const { schema } = run.data.table;
  const table = readTable(cells, schema);
  const { training, heldOut } = partedRows(table.rows, 0);
  return {
    schema,
    real: takeRows(table, training),
    holdout: heldOut && { ...takeRows(table, heldOut), name: `${table.name} (held out)` },
    columns: namesOf(cells),
    warnings: [...run.warnings, ...cells.warnings],
    async draw(seed) {
      const parts: Table[] = [];
      for await (const part of sampleTables(run, Math.min(training.length, MOST_DRAWN), { seed })) parts.push(part);
      return { ...joinTables(parts), name: folder };
    },
  };
}

/** Names the columns of the real table that say nothing of how good another is. */
function leftOut({ schema, real }: RealRows): string[] {
  const judged = new Set(real.columns.map(({ name }) => name));
  const others = schema.columns.filter(({ name }) => !judged.has(name));
  if (others.length === 0) return [];
  const names = listed(others.map(({ name, type }) => `${quoted(name)} (${type})`));
  return [`What no model learns is not judged: ${names}.`];
}

/** Names the columns that a table has beyond those of the real one. */
function furtherColumns({ name, columns }: CellTable, real: RealRows, path: string): string[] {
  const further = columns.filter((column) => !real.columns.has(column.name));
  if (further.length === 0) return [];
  const names = listed(further.map((column) => quoted(column.name)));
  return [`${name} has columns that ${path} has not, which are left out: ${names}.`];
}

function namesOf({ columns }: CellTable): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}
