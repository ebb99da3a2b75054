import { expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { readTable } from "../../src/tables/readTable.js";
import { obeys, reshape, reshapeConditions, reshapingOf, restore } from "../../src/tables/reshaping.js";
import type { Column, Table } from "../../src/tables/table.js";
import { tableWriter, writtenColumns } from "../../src/tables/tableWriter.js";
import { matches, tableConditions } from "../../src/tables/where.js";
import { cellsOf } from "./cellsOf.js";

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  "order date": ["31.1.2024", "1.2.2024", "NA", "29.2.2024", "NA", "5.3.2024", "6.3.2024"],
  "ship date": ["2.2.2024", "1.2.2024", "4.2.2024", "NA", "NA", "9.3.2024", "6.3.2024"],
  paid: ["2024-02-02 10:30", "2024-02-02 00:00", "2024-02-07 23:45", "", "", "2024-03-20 08:15", "2024-03-06 01:00"],
  quantity: ["3", "10", "1", "2", "7", "5", "4"],
  "price (€)": ["1.234,50 €", "0,25 €", "99,99 €", "10,00 €", "3,33 €", "1,05 €", "2,10 €"],
  total: ["$3,703.50", "$2.50", "$99.99", "$20.00", "$23.31", "$5.25", "$8.40"],
  größe: ["small", "large", "small", "large", "large", "small", ""],
  city: ["Paris", "Lyon", "Rome", "Paris", "München", "Rome", "Paris"],
  country: ["France", "France", "Italy", "France", "Germany", "Italy", "France"],
  zip: ["007", "010", "020", "007", "111", "020", "007"],
};
const RULES = [
  "order date <= ship date",
  "ship date <= paid and total = quantity * price (€)",
  "if größe = 'small' then quantity <= 5",
  "quantity + 0 < 11",
];

/** Values of a column's own size, drawn at random. */
function drawn(column: Column, rows: number, rng: ReturnType<typeof createRng>): Column {
  if (column.kind === "categories")
    return { ...column, codes: Int32Array.from({ length: rows }, () => rng.integer(column.categories.length)) };
  const known = column.values.filter((value) => !Number.isNaN(value));
  const [low, high] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  const value = () => (rng.uniform() < 0.2 ? NaN : low + (high - low) * rng.uniform());
  return { ...column, values: Float64Array.from({ length: rows }, value) };
}

it("rules hold of what is written: dates, money and names as they came in", async () => {
  const cells = cellsOf(ORDERS);
  const { schema } = inferSchema(cells, { rules: RULES, together: [["city", "country", "zip"]] });
  const read = readTable(cells, schema);
  const reshaping = reshapingOf(schema, read);
  const modelled = reshape(reshaping, read);
  expect(modelled.columns.map(({ name }) => name)).toEqual([
    "order date",
    "gap of order date <= ship date",
    "ship date",
    "gap of ship date <= paid",
    "quantity",
    "price (€)",
    "größe",
    "city+country+zip",
  ]);

  const textsOf = async (table: Table) => {
    const rows = (await tableWriter(schema, 1, { clamp: false }))(table);
    return Object.fromEntries(writtenColumns(schema).map((name, place) => [name, rows.map((row) => row[place] ?? "")]));
  };
  expect(await textsOf(restore(reshaping, modelled))).toEqual(ORDERS);

  const rng = createRng(5);
  const made: Table = { ...modelled, rows: 400, columns: modelled.columns.map((column) => drawn(column, 400, rng)) };
  const restored = restore(reshaping, made);
  const written = readTable(cellsOf(await textsOf(restored)), schema);
  expect(obeys({ ...schema, rules: RULES.slice(0, 2) }, written, { ranges: false })).not.toContain(0);
  const seen = new Set((ORDERS.city ?? []).map((city, row) => `${city} ${ORDERS.country?.[row]} ${ORDERS.zip?.[row]}`));
  const { city = [], country = [], zip = [] } = await textsOf(restored);
  expect(new Set(city.map((name, row) => `${name} ${country[row]} ${zip[row]}`))).toEqual(seen);
  const lawful = obeys(schema, written, { ranges: false });
  expect(lawful).toContain(0);
  expect(lawful).toContain(1);

  const sets = tableConditions(["country=France,Italy", "ship date=2024-02-01..29.2.2024", "zip=007,111"], schema);
  const { modelled: asked, rejected } = reshapeConditions(reshaping, sets);
  expect(rejected.map(({ column }) => column)).toEqual(["ship date"]);
  const [fits, before] = [matches(sets, restored), matches(rejected, restored)];
  expect(fits).toEqual(matches(asked, made).map((one, row) => one * (before[row] ?? 0)));
  expect(fits).toContain(1);
});
