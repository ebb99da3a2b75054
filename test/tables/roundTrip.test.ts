import { describe, expect, it } from "vitest";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { readTable } from "../../src/tables/readTable.js";
import { tableWriter } from "../../src/tables/tableWriter.js";
import { cellsOf } from "./cellsOf.js";

/** Columns that come back text by text: each is written in one way only. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  integers: ["1", "-25", "1000000", "0", "33"],
  "integers that are written as floats": ["1.0", "-25.0", "1000000.0", "0.0", ""],
  "grouped integers": ["1,234", "5", "67,890,123", "-1,000", "999"],
  signed: ["+5", "-3", "0", "+12", "+7"],
  decimals: ["0.5", "0.25", "14", "-3.75", "100"],
  "decimals with all digits": ["0.50", "0.25", "14.00", "-3.75", "100.10"],
  "decimals of Python": ["0.0", "0.25", "14.0", "-3.755", "100.0"],
  "decimal comma": ["1,5", "0,25", "-1,75", "14,5", "2,5"],
  "thousands with points": ["1.234,50", "0,25", "-1.000.000,75", "14,50", "999,00"],
  "thousands with spaces": ["1 234,50", "0,25", "-1 000 000,75", "14,50", "999,00"],
  currency: ["$1,234.50", "-$0.25", "$14.00", "$999.99", "$0.00"],
  euros: ["12,50 €", "0,25 €", "-14,00 €", "999,99 €", "1,00 €"],
  percent: ["12.5%", "3%", "-100%", "0.25%", "7%"],
  "1e-12 beside 1e12": ["1e-12", "1000000000000", "0.5", "2.5e-7", "33"],
  "long decimals": ["0.1234567890123456", "40.712775999999", "-73.9", "0.30000000000000004", "1e+25"],
  "missing numbers": ["1", "NA", "3", "NA", "17"],
  "numbers behind a space": [" 39", " 50", " ?", " -7", " 1000"],
  categories: ["été", " Private", "日本", 'say "hi"', "a,b"],
  "missing categories": ["a", "", "b", "a", ""],
  codes: ["007", "010", "7", "007", "010"],
  booleans: ["T", "F", "T", "T", "F"],
  labels: ["-1", "1", "1", "-1", "1"],
  constants: ["x", "x", "x", "x", "x"],
  "one category, with gaps": ["x", "", "x", "", "x"],
  "days without marks": ["20240101", "20240229", "19991231", "20000101", "20230630"],
  "days and short months": ["21 Sep, 15", "1 Jan, 99", "29 Feb, 24", "3 May, 03", "30 Nov, 10"],
  "days and long months": ["1 February 2003", "30 May 1999", "29 February 2024", "3 March 1871", "31 December 2050"],
  "month first": ["1/31/2024", "12/1/1999", "2/29/2024", "3/3/2003", "11/30/2010"],
  "day first": ["31/01/2024", "01/12/1999", "29/02/2024", "03/03/2003", "30/11/2010"],
  "capital months": ["31-JAN-24", "01-DEC-99", "29-FEB-24", "03-MAR-03", "30-NOV-10"],
  "months only": ["2024-01", "1999-12", "2000-02", "2003-03", "2010-11"],
  weeks: ["2024-W05", "1999-W52", "2020-W53", "2003-W01", "2010-W11"],
  ordinals: ["1st May 2003", "2nd May 2003", "3rd June 2004", "11th July 2005", "22nd August 2006"],
  times: ["14:30", "00:00", "23:59", "07:05", "12:00"],
  "times with thousandths": ["14:30:05.123", "00:00:00.000", "23:59:59.999", "07:05:01.001", "12:00:00.500"],
  "twelve hours": ["2:30 PM", "12:00 AM", "11:59 PM", "7:05 AM", "12:00 PM"],
  timestamps: [
    "2024-01-31T14:30:05Z",
    "1999-12-31T23:59:59Z",
    "2024-02-29T00:00:00Z",
    "1969-07-20T20:17:40Z",
    "2003-03-03T03:03:03Z",
  ],
  microseconds: [
    "2024-01-31 14:30:05.123456",
    "1999-12-31 23:59:59.999999",
    "2024-02-29 00:00:00.000001",
    "2003-03-03 03:03:03.300000",
    "2010-11-30 01:02:03.040506",
  ],
  "an offset": [
    "2024-01-31T14:30:05+05:30",
    "1999-12-31T23:59:59+05:30",
    "2024-02-29T00:00:00+05:30",
    "2003-03-03T03:03:03+05:30",
    "2010-11-30T01:02:03+05:30",
  ],
  "dates of HTTP": [
    "Wed, 21 Oct 2015 07:28:00 GMT",
    "Fri, 31 Dec 1999 23:59:59 GMT",
    "Thu, 29 Feb 2024 00:00:00 GMT",
    "Mon, 03 Mar 2003 03:03:03 GMT",
    "Tue, 30 Nov 2010 01:02:03 GMT",
  ],
  "American timestamps": [
    "1/2/2006 3:04 PM",
    "12/31/1999 11:59 PM",
    "2/29/2024 12:00 AM",
    "3/3/2003 3:03 AM",
    "11/30/2010 1:02 AM",
  ],
};

describe("texts that are read and written again", () => {
  it.each(Object.entries(COLUMNS))("are the same: %s", async (name, texts) => {
    const cells = cellsOf({ [name]: texts, beside: ["1.5", "2.5", "3.5", "4.5", "6"] });
    const { schema } = inferSchema(cells);
    const write = await tableWriter(schema, 1);
    const table = readTable(cells, schema);
    expect(table.rows).toBe(5);
    expect(write(table).map(([text]) => text)).toEqual(texts);
  });
});
