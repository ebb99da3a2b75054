import { expect, it } from "vitest";
import { blocksOfRows } from "../../src/runs/blocksOfRows.js";

it("rows are made in blocks with seeds of their own, the first one that which was asked for", () => {
  const blocks = blocksOfRows(10, 7, 3, 4);
  expect(blocks.map(({ count }) => count)).toEqual([4, 4, 2]);
  expect(blocks[0]?.seed).toBe(7);
  expect(new Set(blocks.map(({ seed }) => seed)).size).toBe(3);
  for (const { seed } of blocksOfRows(10, 2 ** 31 - 1, 3, 4)) expect(Number.isInteger(seed) && seed >= 0).toBe(true);
});

it("a block has as many rows as there are values for", () => {
  expect(blocksOfRows(2 ** 20, 0, 2)).toHaveLength(1);
  expect(blocksOfRows(2 ** 20 + 1, 0, 2)).toHaveLength(2);
});
