import { join } from "node:path";
import { beginLogFile, bytesIn, type LogFile, wholeLines } from "./logFile.js";
import { logFolder } from "./logFolder.js";
import type { LoggerEntry, Scalars } from "./logger.js";

const FILE = "log.csv";
const FIRST = "iteration";

/** A table with a row for each iteration that is logged. */
export const csv: LoggerEntry = {
  name: "csv",
  title: "CSV",
  summary: `A table, ${FILE}: a row for each iteration that is logged and each evaluation, a column for each loss and figure.`,
  target: { placeholder: "FOLDER", isRequired: false },
  isLog: (name) => name === FILE,
  async open(run, target) {
    const path = join(await logFolder(run, target, (name) => name === FILE), FILE);
    let file: LogFile | undefined;
    let columns: readonly string[] = [FIRST];
    /** Rows grow longer by columns that nobody knew of. */
    const widened = async (added: readonly string[]) => {
      await file?.close();
      const rows = wholeLines(String((await bytesIn(path)) ?? "")).slice(1);
      columns = [...columns, ...added];
      const commas = ",".repeat(added.length);
      return await beginLogFile(path, textOf([columns.map(cell).join(), ...rows.map((row) => row + commas)]));
    };
    return {
      async begin() {
        const [header, ...rows] = run.isNew ? [] : wholeLines(String((await bytesIn(path)) ?? ""));
        if (header !== undefined) columns = cellsOf(header);
        const kept = rows.filter((row) => Number.parseInt(row, 10) <= run.iteration);
        file = await beginLogFile(path, textOf([columns.map(cell).join(), ...kept]));
      },
      async scalars(iteration, values) {
        const added = Object.keys(values).filter((name) => !columns.includes(name));
        if (added.length > 0) file = await widened(added);
        await file?.append(textOf([rowOf(columns, iteration, values)]));
      },
      end: async () => await file?.close(),
    };
  },
};

function rowOf(columns: readonly string[], iteration: number, values: Scalars): string {
  return columns.map((name) => (name === FIRST ? iteration : (values[name] ?? ""))).join();
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function cell(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The cells of a header that `cell` wrote. */
function cellsOf(header: string): string[] {
  return [...header.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
