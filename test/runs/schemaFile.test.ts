import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { parseSchema, readSchemaFile, schemaText, writeSchemaFile } from "../../src/runs/schemaFile.js";
import type { TableSchema } from "../../src/tables/schema.js";
import { temporaryFolder } from "../data/files.js";

const schema: TableSchema = {
  columns: [
    { type: "integer", name: 'age "in years"', missing: ["", "NA"], range: [17, 90], step: 1 },
    { type: "category", name: "名", missing: [], categories: ["a, b", "two\nlines"] },
    {
      ...{ type: "date", name: "born", missing: [], range: [-5, 20_000], step: "day" },
      formats: [{ pattern: "d/M/yyyy", weight: 2, offset: 0, letters: "upper" }],
    },
    { type: "text", name: "mail", missing: [""], about: "email", fill: "omit" },
  ],
  rules: ["age > 3"],
  together: [["名", "born"]],
};

describe("a schema file", () => {
  it("gives back what was written", async () => {
    const path = join(await temporaryFolder(), "schema.json");
    await writeSchemaFile(path, schema);
    expect(await readSchemaFile(path)).toEqual(schema);
  });

  it("has a line for each column, so that a person can edit it", async () => {
    const lines = schemaText(schema).split("\n");
    expect(lines).toHaveLength(schema.columns.length + 7);
    expect(lines[2]).toBe(`    ${JSON.stringify(schema.columns[0])},`);
    expect(lines.slice(-5)).toEqual(["  ],", '  "rules": ["age > 3"],', '  "together": [["名","born"]]', "}", ""]);
  });

  it("may leave out what has a default", () => {
    const { columns, rules } = parseSchema(
      '{"columns":[{"type":"decimal","name":"x","decimals":2,"range":[0,1]}]}',
      "s",
    );
    expect(columns).toEqual([{ type: "decimal", name: "x", missing: [], decimals: 2, range: [0, 1] }]);
    expect(rules).toEqual([]);
  });

  const age = '{"type":"integer","name":"age","range":[1,2]}';
  it.each([
    [
      "no JSON",
      "{columns",
      /^s\.json is not JSON \(.*\); correct it, or write it again with monge describe FILE -o s\.json\./,
    ],
    ["no columns", "{}", /^s\.json, columns: invalid input: expected array/],
    ["another range", '{"columns":[{"type":"integer","name":"age","range":[1]}]}', /^s\.json, column "age", range: /],
    ["another type", '{"columns":[{"type":"float","name":"age"}]}', /^s\.json, column "age", type: invalid/],
    ["no name", `{"columns":[${age},{"type":"constant","text":"x"}]}`, /^s\.json, column 2, name: /],
    [
      "a member of its own",
      '{"columns":[{"type":"constant","name":"a","text":"","min":3}]}',
      /column "a": it has no "min"/,
    ],
    ["two columns of a name", `{"columns":[${age},${age}]}`, /^s\.json: two columns are named "age"/],
    ["a group of one", `{"columns":[${age}],"together":[["age"]]}`, /^s\.json, together, 0: /],
  ])("is refused with %s", (_, text, message) => {
    expect(() => parseSchema(text, "s.json")).toThrow(InputError);
    expect(() => parseSchema(text, "s.json")).toThrow(message);
  });

  it("that is not there is missed", async () => {
    const path = join(await temporaryFolder(), "none.json");
    await expect(readSchemaFile(path)).rejects.toThrow(/There is no file .*none\.json; write one with monge describe/);
  });
});
