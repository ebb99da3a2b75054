import { describe, expect, it } from "vitest";
import { parseJsonTable } from "../../../src/data/sources/json.js";
import { InputError } from "../../../src/errors.js";

const parse = (text: string, most = 1000) => {
  const { columns, values, named } = parseJsonTable(new TextEncoder().encode(text), "data.json", most);
  return { columns, values: [...values], named };
};
const XY = { columns: ["x", "y"], values: [1, 2, 3, -4.5], named: true };

describe("a table in JSON", () => {
  it.each([
    ["records", '[{"x":1,"y":2},{"y":-4.5,"x":3}]', XY],
    ["records, one a line", '{"x":1,"y":2}\n\n{"x":3,"y":-4.5}\n', XY],
    ["a single record", '{"x":1,"y":2}', { ...XY, values: [1, 2] }],
    ["what monge sample writes", '{"shape":[2],"columns":["x","y"],"samples":[[1,2],[3,-4.5]]}', XY],
    ["rows", "[[1,2],[3,-4.5]]", { ...XY, columns: ["1", "2"], named: false }],
    ["rows, one a line", "[1,2]\r\n[3,-4.5]", { ...XY, columns: ["1", "2"], named: false }],
    ["numbers", "[1,2]", { columns: ["1"], values: [1, 2], named: false }],
    [
      "a name that every object has",
      '[{"__proto__":1,"constructor":2}]',
      { columns: ["__proto__", "constructor"], values: [1, 2], named: true },
    ],
  ])("of %s", (_, text, expected) => expect(parse(text)).toEqual(expected));

  it.each([
    ["no JSON", "hello", /data\.json is not readable JSON \(Unexpected token.*give an array of records/],
    ["a bad line", '{"x":1}\n{"x":}', /line 2: Unexpected token/],
    ["nothing", "[]", /no rows of numbers/],
    ["something else", '{"x":[1,2]}', /holds JSON, but no table/],
    ["a text", '[{"x":1},{"x":"red"}]', /row 2, column "x": "red" is not a finite number/],
    ["null", '[{"x":null}]', /row 1, column "x": null is not a finite number/],
    ["a number beyond float64", "[1,1e999]", /row 2, column "1": Infinity is not a finite number/],
    ["nesting", "[[[1]]]", /row 1, column "1": an array is not a finite number/],
    ["nesting without end", "[".repeat(1_000_000), /not readable JSON/],
    ["a missing name", '[{"x":1},{"y":1}]', /row 2: it has no "x"/],
    ["another name", '[{"x":1},{"x":1,"y":1}]', /row 2: its names are x, y/],
    ["a longer row", "[[1],[1,2]]", /row 2: it has 2 numbers where the first has 1/],
    ["more numbers than may be kept", `[${"1,".repeat(1000)}1]`, /holds more than 1000 numbers/],
    ["64 MiB in a line", "1".repeat(2 ** 26 + 1), /more than 64 MiB that is not one record a line/],
  ])("is refused with %s", (_, text, message) => {
    expect(() => parse(text)).toThrow(InputError);
    expect(() => parse(text)).toThrow(message);
  });
});
