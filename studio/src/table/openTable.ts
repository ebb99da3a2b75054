import { cellsDataset, type RowsOfCells } from "../../../src/data/cellsDataset.js";
import { cellsOfBytes } from "../../../src/data/sources/cellBytes.js";
import { type RunConfig, resolveConfig, withinRows } from "../../../src/runs/config.js";
import { trainingMemory } from "../../../src/runs/memoryEstimate.js";
import type { CellColumn, CellTable } from "../../../src/tables/cellTable.js";
import { columnFacts } from "../../../src/tables/columnFacts.js";
import type { ColumnSchema } from "../../../src/tables/schema.js";
import { kindOf } from "../../../src/tables/types/catalogue.js";
import { MOST_BYTES, MOST_CELLS, MOST_TEXT_BYTES } from "./limits.js";
import type { ColumnChoices, ColumnFacts, TableFacts } from "./protocol.js";

/** The cells of a file as `monge train` reads them, of a large one those of some rows drawn at random. @throws InputError */
export function cellsOfFile(bytes: Uint8Array, name: string): CellTable {
  return cellsOfBytes(bytes, name, {
    limits: { cells: MOST_CELLS, textBytes: MOST_TEXT_BYTES },
    mostBytes: MOST_BYTES,
  });
}

/** A table with what was decided of its columns. */
export interface ChosenTable extends RowsOfCells {
  readonly facts: TableFacts;
  readonly config: RunConfig;
}

/** @throws InputError where a choice does not fit the cells, or nothing is left to learn */
export function chosenTable(cells: CellTable, { types, drop }: ColumnChoices): ChosenTable {
  const rows = cellsDataset(cells, { table: { types: new Map(Object.entries(types)), drop } });
  const config = configOf(rows, 0);
  const schemas = new Map(rows.data.table.schema.columns.map((column) => [column.name, column]));
  const facts: TableFacts = {
    name: cells.name,
    rows: cells.rows,
    rowsInFile: cells.rowsInFile,
    columns: cells.columns.map((column) => factsOf(column, schemas.get(column.name) ?? null)),
    warnings: rows.data.warnings,
    memory: trainingMemory(config, rows.data),
  };
  return { ...rows, facts, config };
}

/** The settings of `monge train` for a table, with another seed. */
export function configOf({ data }: RowsOfCells, seed: number): RunConfig {
  const settings = { data: data.name, as: "table", loss: "w-gp", seed } as const;
  return withinRows(resolveConfig(settings, data), data);
}

const EXAMPLES = 3;

function factsOf(cells: CellColumn, schema: ColumnSchema | null): ColumnFacts {
  const { asTexts, asNumbers } = columnFacts(cells);
  const values = schema && kindOf(schema).modelled === "numbers" ? asNumbers : asTexts;
  return {
    name: cells.name,
    type: schema?.type ?? null,
    holds: schema ? kindOf(schema).describe(schema) : "",
    examples: values.texts.slice(0, EXAMPLES),
    distinct: values.texts.length,
    missing: cells.codes.length - values.present,
    isPersonal: schema?.type === "text" && schema.about !== "free" && schema.about !== "label",
  };
}
