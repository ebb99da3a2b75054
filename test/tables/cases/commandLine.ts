import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { runCommand } from "../../../src/cli/program.js";
import { type Captured, captured } from "../../cli/captured.js";

/** A training that takes a moment: what is looked at are the texts that come out, not how good they are. */
const SHORT = ["--iterations", "2", "--width", "8", "--depth", "1", "--latent", "4", "--batch", "32"];
const EARLY = ["--evaluate-every", "2", "--prior", "4", "--no-resample", "--quiet"];

type Row = Readonly<Record<string, string>>;

/** The command line in this process, with a folder of its own for files. */
export interface CommandLine {
  readonly folder: string;
  readonly at: (name: string) => string;
  readonly monge: (...argv: string[]) => Promise<Captured>;
  /** `monge train`, for a moment. */
  readonly train: (file: string, run: string, ...options: string[]) => Promise<Captured>;
  /** The rows that `monge sample` writes, read by another reader of CSV. */
  readonly sampled: (run: string, count: number, ...options: string[]) => Promise<readonly Row[]>;
}

export async function commandLine(): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), "monge-cases-"));
  const at = (name: string) => join(folder, name);
  const monge = (...argv: string[]) => captured(() => runCommand(argv));
  return {
    folder,
    at,
    monge,
    train: (file, run, ...options) => monge("train", at(file), "--out", at(run), ...SHORT, ...EARLY, ...options),
    async sampled(run, count, ...options) {
      const { code, err } = await monge("sample", at(run), "-n", String(count), "-o", at("sampled.csv"), ...options);
      if (code !== 0) throw new Error(err);
      return parse(await readFile(at("sampled.csv")), { columns: true });
    },
  };
}

/** Writes a table of the texts of columns, each cell in quotation marks. */
export async function writeTable(path: string, columns: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const quotedCell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = Object.values(columns)[0] ?? [];
  const lines = [
    Object.keys(columns),
    ...rows.map((_, row) => Object.values(columns).map((cells) => cells[row] ?? "")),
  ];
  await writeFile(path, lines.map((line) => `${line.map(quotedCell).join()}\n`).join(""));
}
