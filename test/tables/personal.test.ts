import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { luhnDigit } from "../../src/tables/luhn.js";
import { nameForms } from "../../src/tables/nameForms.js";
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

const REPLACED = "they are replaced by made-up text; --column NAME=category keeps its own";
const COPIED = "is taken as a category, whose texts are copied: if they are names of people, --column NAME=text";

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
    expect(notes).toEqual([
      '"mail" holds e-mail addresses, which let people be recognised: they are left out; --column NAME=category keeps its own.',
    ]);
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

  it("is recognised in few rows, and where all have the same", () => {
    expect(inferColumn("mail", ["ada@example.org", "alan@example.org"])).toMatchObject({ about: "email" });
    expect(
      inferColumn(
        "first_name",
        rows(() => "Ada"),
      ),
    ).toMatchObject({ about: "firstName" });
  });

  const few = ["Anna Smith", "Bert Novák", "Chloé García", "Anna Sato"];
  it.each<[string, string[], object, string]>([
    ["names of people in many orders", rows((row) => few[row % 4] ?? ""), { type: "text", about: "name" }, REPLACED],
    ["first names alone", rows((row) => FIRST[row % 7] ?? ""), { type: "text", about: "firstName" }, REPLACED],
    ["products", rows((row) => ["Blue Chair", "Red Lamp", "Oak Table"][row % 3] ?? ""), { type: "category" }, COPIED],
    ["species", rows((row) => ["adelie", "gentoo"][row % 2] ?? ""), { type: "category" }, COPIED],
  ])("in a column that is called name: %s, which is said with what changes it", (_, cells, column, note) => {
    const { schema, notes } = inferSchema(cellsOf({ name: cells, x: rows((row) => `${row % 4}.5`) }));
    expect(schema.columns[0]).toMatchObject(column);
    expect(notes).toEqual([expect.stringContaining(note)]);
    expect(inferColumn("name", cells, { types: new Map([["name", "category"]]) }).type).toBe("category");
    expect(inferColumn("name", cells, { types: new Map([["name", "text"]]) })).toMatchObject({
      about: note === COPIED ? "name" : (column as { about: string }).about,
    });
  });

  it("is pointed out where it only looks like names of people, as in a column of authors", () => {
    const { schema, notes } = inferSchema(cellsOf({ author: rows((row) => few[row % 4] ?? ""), x: rows(() => "1") }));
    expect(schema.columns[0]?.type).toBe("category");
    expect(notes[0]).toContain("if they are names of people, --column NAME=text makes up others");
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

describe("made-up people", () => {
  const made = async (columns: Readonly<Record<string, string[]>>) => {
    const table = cellsOf({ ...columns, x: rows((row) => `${row % 4}.5`) });
    const { schema } = inferSchema(table);
    return (await tableWriter(schema, 1))(readTable(table, schema));
  };
  const plain = (text = "") => text.toLowerCase().replace(/[^a-z]/g, "");

  it("have one name in a row: first, last, full, and that of the address", async () => {
    const all = await made({
      first_name: rows(first),
      surname: rows(last),
      name: rows((row) => `${first(row)} ${last(row)}`),
      email: rows((row) => `a${row}@example.org`),
    });
    for (const [one = "", other = "", full, email = ""] of all) {
      expect(full).toBe(`${one} ${other}`);
      expect(email.replace(/\d+@.*/, "")).toBe(`${plain(one)}.${plain(other)}`);
    }
    expect(new Set(all.map(([, , full]) => full)).size).toBeGreaterThan(50);
  });

  it("are two where columns are about two", async () => {
    const names = rows((row) => `${first(row)} ${last(row)}`);
    const mails = rows((row) => `a${row}@example.org`);
    const all = await made({
      customer_name: names,
      customer_email: mails,
      employee_name: names,
      employee_email: mails,
    });
    for (const [customer, ofCustomer = "", employee, ofEmployee = ""] of all) {
      expect(customer).not.toBe(employee);
      expect([ofCustomer, ofEmployee].map((mail) => plain(mail.replace(/@.*/, "")))).toEqual(
        [customer, employee].map(plain),
      );
    }
  });

  it.each<[string, (row: number) => string, RegExp]>([
    ["first and last", (row) => `${first(row)} ${last(row)}`, /^[\p{L}'-]+ [\p{L}'-]+$/u],
    ["last first, with titles", (row) => `${last(row)}, Mr. ${first(row)}`, /^[\p{L}'-]+, Mr\. [\p{L}'-]+$/u],
    [
      "in capitals",
      (row) => `${first(row)} ${last(row).replace("van ", "")}`.toUpperCase(),
      /^[\p{Lu}'-]+ [\p{Lu}'-]+$/u,
    ],
    ["with initials", (row) => `${first(row)} ${"ABC"[row % 3]}. ${last(row)}`, /^[\p{L}'-]+ [A-Z]\. [\p{L}'-]+$/u],
  ])("are written as the data's, without titles or suffixes that it has not: %s", async (_, name, form) => {
    const all = await made({ full_name: rows(name) });
    expect(all.map(([text]) => text).filter((text) => !form.test(text ?? ""))).toEqual([]);
  });

  it("have titles as often as the data", () => {
    expect(nameForms(["Ann Lee", "Dr. Bo Lee", "Cy Lee Jr.", "Di Lee", "Braund, Mr. Owen Harris (Bo)"])).toEqual([
      { pattern: "First Last", weight: 2 },
      { pattern: "Dr. First Last", weight: 1 },
      { pattern: "First Last Jr.", weight: 1 },
      { pattern: "Last, Mr. First Middle", weight: 1 },
    ]);
  });
});

it("labels that all differ are replaced by words that nobody knows, which is said; of fewer than 20 rows they are kept, which is too", async () => {
  const syllables = ["be", "ro", "ka", "lin", "tu"];
  const label = (row: number) =>
    `${["B", "K", "R"][row % 3]}o${syllables[row % 5]}${syllables[Math.floor(row / 5) % 5]}`;
  const table = cellsOf({ country: rows(label, 25), x: rows((row) => `${row % 4}.5`, 25) });
  const { schema, notes } = inferSchema(table);
  expect(schema.columns[0]).toMatchObject({ type: "text", about: "label" });
  expect(notes).toEqual([
    '"country" has another text in nearly every row, so that there is nothing to learn of one: made-up words stand for them; --column NAME=category keeps its own.',
  ]);
  const made = (await tableWriter(schema, 1))(readTable(table, schema)).map(([text]) => text ?? "");
  expect(new Set(made).size).toBe(25);
  expect(made.filter((text) => !/^[A-Z][a-z]{5,7}$/.test(text))).toEqual([]);
  const few = inferSchema(cellsOf({ country: rows(label, 15), x: rows((row) => `${row % 4}.5`, 15) }));
  expect(few.schema.columns[0]?.type).toBe("category");
  expect(few.notes[0]).toContain("is taken as a category, whose texts are copied: --column NAME=text makes up others");
});

it("free text is replaced by about as many words", async () => {
  const table = cellsOf({
    remark: rows((row) => `Called ${row} times, ${["left", "came back", "was content with all"][row % 3]}`),
    x: rows((row) => `${row % 4}.5`),
  });
  const { schema, notes } = inferSchema(table);
  expect(schema.columns[0]).toMatchObject({ type: "text", about: "free", words: [4, 7] });
  expect(notes).toEqual([
    '"remark" holds free text, which is replaced by made-up text; --column NAME=category keeps its own.',
  ]);
  const made = (await tableWriter(schema, 1))(readTable(table, schema)).map(([text]) => text ?? "");
  for (const text of made) expect([4, 5, 6, 7]).toContain(text.split(" ").length);
});

it("Luhn's digit is that of known numbers", () => {
  for (const number of ["4111111111111111", "5555555555554444", "378282246310005", "79927398713"]) {
    expect(luhnDigit(number.slice(0, -1))).toBe(number.at(-1));
  }
});
