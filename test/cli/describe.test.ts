import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const monge = (...argv: string[]) => captured(() => runCommand(argv));
const described = async (...argv: string[]) => {
  const { code, out, err } = await monge("describe", ...argv, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
};

const PLANS = ["basic", "plus", "team"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-describe-"));
  const rows = Array.from({ length: 60 }, (_, i) => [
    `C-${1000 + 7 * i}`,
    `person${i}@mail.example`,
    PLANS[i % 3],
    i % 5 === 0 ? "NA" : 20 + (i % 40),
    `${i},${i % 10}5`,
    `${1 + (i % 28)}.${1 + (i % 12)}.2024`,
    "EUR",
  ]);
  const names = ["id", "mail", "plan, monthly", "age", "price", "since", "currency"];
  await writeFile(at("customers.csv"), [names, ...rows].map((row) => row.join(";")).join("\r\n"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("monge describe", () => {
  it("tells of each column what it is taken for, and shows no identifier and no personal data", async () => {
    const { code, out, err } = await monge("describe", at("customers.csv"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const lines = out.split("\n");
    expect(lines[0]).toBe(`${at("customers.csv")}: 60 rows, 7 columns`);
    expect(lines.filter((line) => line.length > 80 && !line.startsWith(folder))).toEqual([]);
    const types = ["identifier", "text", "category", "integer", "decimal", "date", "constant"];
    for (const type of types) expect(out).toContain(` ${type} `);
    expect(out).toMatch(/^id .* X-9999 *$/m);
    expect(out).toMatch(/^mail +text +e-mail addresses/m);
    expect(out).toMatch(/^plan, monthly +category +3 texts +basic, plus/m);
    expect(out).toMatch(/^age +integer +whole numbers from 21 to 59 +20 % /m);
    expect(out).toMatch(/^- "mail" holds e-mail addresses/m);
    expect(out).not.toContain("@mail.example");
    expect(out).not.toContain("C-1413");
  });

  it("prints the same as JSON, with the schema", async () => {
    const { file, rows, rowsInFile, columns, notes, schema } = await described(at("customers.csv"));
    expect([file, rows, rowsInFile]).toEqual([at("customers.csv"), 60, 60]);
    expect(columns).toHaveLength(7);
    expect(columns[3]).toMatchObject({ name: "age", type: "integer", missing: 0.2 });
    expect(notes).toEqual(expect.arrayContaining([expect.stringMatching(/^"id" is an identifier/)]));
    expect(schema.columns[3]).toMatchObject({ name: "age", type: "integer", missing: ["NA"], range: [21, 59] });
    expect(schema.columns[4]).toMatchObject({ decimals: 2, style: { decimalMark: "," } });
  });

  it("writes a schema file that is read again, by itself and with other choices", async () => {
    const schemaFile = at("schema.json");
    const { code, err } = await monge("describe", at("customers.csv"), "-o", schemaFile, "--drop", "mail,currency");
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`--schema ${schemaFile}`) });
    const written = JSON.parse(await readFile(schemaFile, "utf8"));
    const { schema, columns } = await described(at("customers.csv"), "--schema", schemaFile);
    expect(schema).toEqual(written);
    expect(columns[1]).toEqual({ name: "mail", type: null, holds: "left out", missing: 0, examples: [] });
    const changed = await described(at("customers.csv"), "--schema", schemaFile, "--column", "age=category");
    expect(changed.schema.columns.map(({ type }: { type: string }) => type)).toEqual([
      ...["identifier", "category", "category", "decimal", "date"],
    ]);
  });

  it("takes choices by option", async () => {
    const { schema } = await described(
      ...[at("customers.csv"), "--drop", '"plan, monthly"', "--personal", "omit"],
      ...["--key", "id", "--together", "since,price", "--most-categories", "5", "--column", "age=category"],
    );
    const types = schema.columns.map(({ name, type }: { name: string; type: string }) => `${name} ${type}`);
    expect(types).toEqual([
      ...["id identifier", "mail text", "age category", "price decimal", "since date", "currency constant"],
    ]);
    expect(schema.columns[1].fill).toBe("omit");
    expect(schema.columns[2].categories).toHaveLength(5);
    expect(schema.together).toEqual([["since", "price"]]);
  });

  it.each<[string, string[], RegExp]>([
    ["a column misspelt", ["--drop", "ages"], /has no column "ages". Did you mean "age"\?/],
    ["a type misspelt", ["--column", "age=intger"], /no type of columns called "intger". Did you mean integer\?/],
    ["a column without a type", ["--column", "age"], /It must be a name and a type, such as age=integer/],
    ["an empty list", ["--drop", "a,,b"], /It must be a list of names such as a,b,c/],
    ["a type that cells do not have", ["--column", "mail=integer"], /"mail" cannot be read as integer/],
    ["a key with repetitions", ["--key", "age"], /"age" is not a key/],
    ["no schema file", ["--schema", "none.json"], /There is no file none\.json/],
    ["a place that cannot be written", ["-o", "/proc/none/schema.json"], /cannot be (written|made)/],
  ])("refuses %s in a sentence", async (_, options, message) => {
    const { code, err } = await monge("describe", at("customers.csv"), ...options);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  describe("with little memory", () => {
    const memory = (gibibytes: number) => vi.spyOn(process, "constrainedMemory").mockReturnValue(gibibytes * 2 ** 30);
    afterEach(() => {
      vi.restoreAllMocks();
    });

    it("says that training takes more, and names the column", async () => {
      memory(2);
      const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 30_000},${i % 7}`);
      await writeFile(at("zips.csv"), `zip,n\n${rows.join("\n")}\n`);
      const options = ["--column", "zip=category", "--most-categories", "300000"];
      const { notes } = await described(at("zips.csv"), ...options);
      expect(notes.at(-1)).toMatch(
        /^Training: this takes about [\d,.]+ GiB of memory, and 2 GiB are there: choose fewer categories of "zip", whose 30000 take/,
      );
      expect((await described(at("zips.csv"), "--column", "zip=category")).notes.join()).not.toContain("GiB");
    });

    it("reads 15,000 columns, and says that they are too many", async () => {
      memory(0.5);
      const names = Array.from({ length: 15_000 }, (_, i) => `c${i}`);
      const row = (seed: number) => names.map((_, i) => (i * seed) % 97).join();
      await writeFile(at("wide.csv"), `${names.join()}\n${[1, 2, 3, 5, 7].map(row).join("\n")}\n`);
      const { columns, notes } = await described(at("wide.csv"));
      expect(columns).toHaveLength(15_000);
      expect(notes.at(-1)).toMatch(/choose fewer of its 15000 columns \(--drop\)/);
    });
  });
});
