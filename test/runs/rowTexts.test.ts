import { describe, expect, it } from "vitest";
import { cellsOfText } from "../../src/data/sources/cellText.js";
import { delimitedRows } from "../../src/runs/rowTexts.js";

async function* inChunks(...chunks: readonly (readonly (readonly string[])[])[]) {
  yield* chunks;
}

/** Rows as they are read from the text that they were written to. */
async function readBack(columns: readonly string[], ...chunks: readonly (readonly (readonly string[])[])[]) {
  let text = "";
  for await (const piece of delimitedRows({ columns, chunks: inChunks(...chunks) }, ",")) text += piece;
  const { rows, columns: read } = cellsOfText(new TextEncoder().encode(text), "written");
  return Array.from({ length: rows }, (_, row) => read.map(({ texts, codes }) => texts[codes[row] ?? -1]));
}

describe("rows as delimited text", () => {
  it("are read back as they were, missing values of a single column too", async () => {
    const one = [["a"], [""], ["b"]];
    expect(await readBack(["x"], one, [[""]])).toEqual([...one, [""]]);
    const two = [
      ["a, b", ""],
      ["", ""],
      ['"', "c"],
    ];
    expect(await readBack(["x", "y"], two)).toEqual(two);
  });
});
