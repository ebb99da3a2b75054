import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { luhnDigit } from "../../src/tables/luhn.js";
import { readTable } from "../../src/tables/readTable.js";
import { tableWriter, writtenColumns } from "../../src/tables/tableWriter.js";
import { cellsOf, inferColumn } from "./cellsOf.js";

const rng = createRng(11);
const digits = (count: number) => Array.from({ length: count }, () => rng.integer(10)).join("");
const rows = (text: (row: number) => string, count = 60) => Array.from({ length: count }, (_, row) => text(row));
const card = () => {
  const begun = `4${digits(14)}`;
  return begun + luhnDigit(begun);
};
const FIRST = ["Anna", "Bert", "Chloé", "Dmitri", "Eve", "Farid", "Grace"];
const LAST = ["Smith", "O'Neil", "García", "Müller", "van Dyk", "Li", "Novák", "Jones", "Sato"];
const first = (row: number) => FIRST[row % 7] ?? "";
const last = (row: number) => LAST[row % 9] ?? "";

const PERSONAL: readonly [string, string, string[]][] = [
  ["email", "contact", rows((row) => `${first(row).toLowerCase()}${row}@mail.example.org`)],
  ["phone", "phone", rows(() => digits(10))],
  ["phone", "reach", rows(() => `(${digits(3)}) ${digits(3)}-${digits(4)}`)],
  ["phone", "number at home", rows(() => `+49 30 ${digits(7)}`)],
  ["card", "paid with", rows(card)],
  ["card", "card_number", rows(() => `4${digits(3)} ${digits(4)} ${digits(4)} ${digits(4)}`)],
  ["firstName", "first_name", rows(first)],
  ["lastName", "LastName", rows(last)],
  ["name", "customerName", rows((row) => `${first(row)} ${last(row)}`)],
  ["name", "Name", rows((row) => `${last(row).replace("van Dyk", "Dyk")}, Mr. ${first(row)}`)],
  ["address", "street_address", rows((row) => `${row + 3} Main Street`)],
  ["url", "page", rows((row) => `https://example.org/people/${row}?tab=about`)],
];

describe("personal data", () => {
  it.each(PERSONAL)("is recognised as %s in %s, made up, and never copied", async (about, name, cells) => {
    const table = cellsOf({ [name]: cells, x: rows((row) => `${row % 4}.5`) });
    const { schema, notes } = inferSchema(table);
    expect(schema.columns[0]).toMatchObject({ type: "text", about, fill: "replace" });
    expect(notes[0]).toContain("let people be recognised");
    const made = (await tableWriter(schema, 1))(readTable(table, schema)).map(([text]) => text ?? "");
    if (!["firstName", "lastName"].includes(about)) expect(made.filter((text) => cells.includes(text))).toEqual([]);
    expect(made.every((text) => text.length > 1)).toBe(true);
    if (["email", "phone", "card", "url"].includes(about)) expect(new Set(made).size).toBe(made.length);
    // What was made up is recognised as what it stands for.
    expect(inferColumn(name, made)).toMatchObject({ type: "text", about });
  });

  it("is left out as chosen, which is said", () => {
    const { schema, notes } = inferSchema(
      cellsOf({ mail: rows((row) => `a${row}@example.org`), x: rows((row) => `${row % 4}.5`) }),
      {
        personal: "omit",
      },
    );
    expect(writtenColumns(schema)).toEqual(["x"]);
    expect(notes).toEqual(['"mail" holds e-mail addresses, which let people be recognised: they are left out.']);
  });

  it.each<[string, string[]]>([
    ["digits that no check digit ends", rows(() => `4${digits(13)}5`)],
    ["names of cars", rows((row) => `chevrolet ${row % 20}`)],
    ["names of places", rows((row) => ["Oslo", "Rome", "Paris"][row % 3] ?? "")],
    ["social security numbers", rows(() => `${digits(3)}-${digits(2)}-${digits(4)}`)],
  ])("is not seen in %s", (name, cells) => {
    const column = inferColumn(name, cells);
    expect(column.type === "text" ? column.about : "free").toBe("free");
  });

  it("is recognised where it is repeated: the same customer in many orders", () => {
    const numbers = ["(030) 555-0101", "(030) 555-0102", "(040) 555-0103", "(040) 555-0104", "(050) 555-0105"];
    expect(
      inferColumn(
        "phone",
        rows((row) => numbers[row % 5] ?? ""),
      ),
    ).toMatchObject({ about: "phone" });
    expect(
      inferColumn(
        "customer_name",
        rows((row) => `${first(row % 5)} ${last(row % 5)}`),
      ),
    ).toMatchObject({ about: "name" });
  });

  it("is missing where it was, at its rate", async () => {
    const table = cellsOf({
      mail: rows((row) => (row % 3 === 0 ? "" : `a${row}@example.org`)),
      x: rows((row) => `${row % 4}.5`),
    });
    const { schema } = inferSchema(table);
    const read = readTable(table, schema);
    expect(read.columns[0]).toMatchObject({ kind: "categories", categories: ["given"] });
    const made = (await tableWriter(schema, 1))(read).map(([text]) => text ?? "");
    expect(made.map((text) => text === "")).toEqual(
      rows((row) => (row % 3 === 0 ? "" : "x")).map((text) => text === ""),
    );
  });
});

it("free text is replaced by about as many words", async () => {
  const table = cellsOf({
    remark: rows((row) => `Called ${row} times, ${["left", "came back", "was content with all"][row % 3]}`),
    x: rows((row) => `${row % 4}.5`),
  });
  const { schema, notes } = inferSchema(table);
  expect(schema.columns[0]).toMatchObject({ type: "text", about: "free", words: [4, 7] });
  expect(notes).toEqual([
    '"remark" holds free text, which is replaced by made-up text; as a category it would keep its own.',
  ]);
  const made = (await tableWriter(schema, 1))(readTable(table, schema)).map(([text]) => text ?? "");
  for (const text of made) expect([4, 5, 6, 7]).toContain(text.split(" ").length);
});

it("Luhn's digit is that of known numbers", () => {
  for (const number of ["4111111111111111", "5555555555554444", "378282246310005", "79927398713"]) {
    expect(luhnDigit(number.slice(0, -1))).toBe(number.at(-1));
  }
});
