import { Command } from "commander";
import { readCells } from "../data/sources/cells.js";
import { kindsText, taken } from "../data/sources/kinds.js";
import { InputError } from "../errors.js";
import { printable, uncapitalised } from "../quoting.js";
import { resolveConfig } from "../runs/config.js";
import { checkMemory } from "../runs/memory.js";
import { writeSchemaFile } from "../runs/schemaFile.js";
import { leastWidth } from "../runs/tableMemory.js";
import type { CellTable } from "../tables/cellTable.js";
import { type DescribedColumn, describedColumns } from "../tables/describedColumns.js";
import { inferSchema } from "../tables/inferSchema.js";
import { readTable } from "../tables/readTable.js";
import { reshapingOf, sentencesOf } from "../tables/reshaping.js";
import type { TableSchema } from "../tables/schema.js";
import { percent } from "./figureText.js";
import { headerOptions } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { plainTable, TERMINAL, wrapped } from "./table.js";
import { type TableFlags, tableChoices, tableOptions } from "./tableOptions.js";
import { warn } from "./warn.js";

interface DescribeFlags extends TableFlags {
  readonly output?: string;
  readonly header?: boolean;
  readonly json?: boolean;
}

/** `monge describe`: what the columns of a table are taken for. */
export function describeCommand(): Command {
  const command = new Command("describe")
    .description(
      "Shows the type found for each column of a table, what it holds, and whether it is left out, before you train on it. " +
        "Personal data, identifiers and free text are shown by their form only.",
    )
    .argument("<file>", kindsText(taken.rows))
    .option("-o, --output <file>", "write the types of the columns to a JSON file that you can edit (default: none)")
    .option("--json", "print the same as JSON");
  for (const option of [...tableOptions, ...headerOptions]) command.addOption(option);
  return command
    .addHelpText(
      "after",
      "\nExamples:\n  monge describe customers.csv\n  monge describe customers.csv --column zip=category --drop notes -o schema.json\n" +
        "  monge train customers.csv --schema schema.json --out runs/customers",
    )
    .action(async (file: string, { output, header, json = false, ...flags }: DescribeFlags) => {
      const choices = await tableChoices(flags);
      const cells = await readCells(file, { header });
      const { schema, notes: inferred } = inferSchema(cells, choices);
      const rules = sentencesOf(reshapingOf(schema, readTable(cells, schema)));
      const notes = [...inferred, ...rules, ...memoryNote(cells, schema)];
      const columns = describedColumns(cells, schema);
      if (json) {
        const { rows, rowsInFile } = cells;
        printJson({ file: cells.name, rows, rowsInFile, columns, notes: [...cells.warnings, ...notes], schema });
      } else {
        warn(cells.warnings);
        print([title(cells), "", columnsTable(columns), ...listOf(notes)].join("\n"));
      }
      if (output === undefined) return;
      await writeSchemaFile(output, schema);
      if (!json) tell(`Wrote ${output}. Edit it, and train with: monge train ${file} --schema ${output} --out FOLDER`);
    });
}

/** Says where training on such a table would take too much memory, before anybody waits for it. */
function memoryNote({ name, rows }: CellTable, schema: TableSchema): string[] {
  const config = resolveConfig({ data: name, loss: "w-gp" }, { kind: "table", size: rows });
  const fields = { sample: { shape: [leastWidth(schema)] } };
  try {
    checkMemory(config, { fields, size: rows, table: { schema } });
    return [];
  } catch (error) {
    if (error instanceof InputError) return [`Training: ${uncapitalised(error.message)}`];
    throw error;
  }
}

function title({ name, rows, rowsInFile, columns }: CellTable): string {
  const sampled = rows < rowsInFile ? ` (of ${rowsInFile})` : "";
  return `${name}: ${rows} rows${sampled}, ${columns.length} ${columns.length === 1 ? "column" : "columns"}`;
}

/** Columns of the table of columns, besides the two that share what is left. */
const [LONGEST_NAME, TYPE, MISSING] = [20, 10, 7];

function columnsTable(columns: readonly DescribedColumn[]): string {
  const name = Math.min(LONGEST_NAME, Math.max(6, ...columns.map((column) => printable(column.name).length)));
  const left = TERMINAL - name - TYPE - MISSING - 5;
  const [holds, examples] = [Math.ceil(left * 0.6), Math.floor(left * 0.4)];
  const rows = columns.map((column) => [
    fitting(column.name, name),
    column.type ?? "-",
    // Categories are their own examples.
    fitting(column.type === "category" ? column.holds.replace(/:.*/s, "") : column.holds, 2 * holds - 4),
    missingText(column.missing),
    fitting(column.examples.join(", "), examples),
  ]);
  return plainTable(["column", "type", "holds", "missing", "examples"], rows, [name, TYPE, holds, MISSING, examples]);
}

/** A text that a table can hold: printable, and cut off with an ellipsis. */
function fitting(text: string, most: number): string {
  const shown = printable(text);
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}

/** Some are never none. */
function missingText(share: number): string {
  if (share > 0 && share < 0.005) return "< 1 %";
  return share === 0 ? "" : percent(share);
}

function listOf(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : ["", ...notes.map((note) => wrapped(`- ${printable(note)}`))];
}
