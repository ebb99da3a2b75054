import { describe, expect, it } from "vitest";
import { cellNumber, decimalCommaNumberIn, numberIn } from "../../../src/data/sources/numberText.js";

describe("the number in a cell", () => {
  it.each([
    ["12", 12],
    ["-0.5", -0.5],
    ["+.5", 0.5],
    ["3.", 3],
    ["1e3", 1000],
    ["-1.5E-3", -0.0015],
    ["1e39", 1e39],
  ])("%s is one", (cell, value) => expect(numberIn(cell)).toBe(value));

  it.each([
    "0x10",
    "0b1",
    "0o7",
    "1e",
    "Infinity",
    "-inf",
    "nan",
    "",
    " ",
    "1 2",
    "1_000",
    "1,5",
    "--1",
    ".",
    "e5",
    "١",
  ])("%o is none", (cell) => expect(numberIn(cell)).toBeNaN());

  it("is told in time that grows with the cell only", () => {
    expect(numberIn(`${"1".repeat(1e6)}x`)).toBeNaN();
    expect(decimalCommaNumberIn(`${"1".repeat(1e6)},${"1".repeat(1e6)}x`)).toBeNaN();
  }, 2000);

  it("may have a decimal comma where commas do not part cells", () => {
    expect(decimalCommaNumberIn("-0,25")).toBe(-0.25);
    expect(decimalCommaNumberIn("1,5e2")).toBe(150);
    expect(decimalCommaNumberIn("1,234,5")).toBeNaN();
    expect(decimalCommaNumberIn("1.234,5")).toBeNaN();
    expect([cellNumber("0,5", ";"), cellNumber("0,5", ",")]).toEqual([0.5, 0.5]);
    expect([cellNumber("1,234", ";"), cellNumber("1,234", ",")]).toEqual([1.234, Number.NaN]);
    expect(cellNumber("1e999", ",")).toBeNaN();
  });
});
