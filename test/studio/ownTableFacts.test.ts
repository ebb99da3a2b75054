import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { exampleTable } from "../../studio/src/table/example.js";
import { cellsOfFile, chosenTable } from "../../studio/src/table/openTable.js";
import { sha256 } from "../../studio/src/table/sha256.js";

const NONE = { types: {}, drop: [] };
const bytes = (text: string) => new TextEncoder().encode(text);

describe("what the columns of a table were taken for", () => {
  const rows = Array.from({ length: 40 }, (_, row) =>
    [`A${row + 1}`, row % 8 === 0 ? "" : 20 + row, row % 2 ? "yes" : "no", `1${row},5`, "same"].join(";"),
  );
  const cells = cellsOfFile(bytes(`id;age;member;price;unit\n${rows.join("\n")}\n`), "members.csv");

  it("is told with what they hold, examples, and how many cells are missing and different", () => {
    const { facts } = chosenTable(cells, NONE);
    expect(facts).toMatchObject({ name: "members.csv", rows: 40, rowsInFile: 40 });
    expect(facts.columns.map(({ name, type }) => [name, type])).toEqual([
      ["id", "identifier"],
      ["age", "integer"],
      ["member", "boolean"],
      ["price", "decimal"],
      ["unit", "constant"],
    ]);
    expect(facts.columns[1]).toMatchObject({ missing: 5, distinct: 35, examples: ["21", "22", "23"] });
    expect(facts.memory).toBeGreaterThan(1e6);
  });

  it("is as it was chosen; what is left out stays in the list", () => {
    const { facts, data } = chosenTable(cells, { types: { age: "category" }, drop: ["price"] });
    expect(facts.columns.map(({ type }) => type)).toEqual(["identifier", "category", "boolean", null, "constant"]);
    expect(data.table.schema.columns.map(({ name }) => name)).not.toContain("price");
    expect(() => chosenTable(cells, { types: { member: "date" }, drop: [] })).toThrow(/cannot be read as date/);
  });
});

it("the example is the same each time, and has columns of most kinds", async () => {
  const text = await exampleTable().text();
  expect(await exampleTable().text()).toBe(text);
  const { facts } = chosenTable(cellsOfFile(bytes(text), "customers.csv"), NONE);
  expect(facts.rows).toBe(1500);
  expect(facts.columns.map(({ type }) => type)).toEqual([
    "identifier",
    "integer",
    "category",
    "category",
    "date",
    "decimal",
    "boolean",
  ]);
});

describe("SHA-256 without the browser's", () => {
  const node = (...content: readonly (string | Uint8Array | Float32Array)[]) => {
    const hash = createHash("sha256");
    for (const piece of content) hash.update(piece);
    return hash.digest("hex");
  };

  it("is that of Node at all lengths around the ends of a block", () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000]) {
      const content = Uint8Array.from({ length }, (_, i) => (31 * i) % 256);
      expect(sha256(content), String(length)).toBe(node(content));
    }
  });

  it("takes pieces one after the other: texts as UTF-8, numbers as their bytes", () => {
    const numbers = Float32Array.of(1.5, -2, Number.NaN);
    const part = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 4);
    expect(sha256("Köln €", numbers, part)).toBe(node("Köln €", numbers, part));
  });
});
