import { expect, it } from "vitest";
import { layRow } from "../../src/data/codecs/rowLayout.js";
import { gradients, sum } from "../../src/engine/index.js";
import { rowView } from "../../src/networks/rowView.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

const layout = layRow([
  { name: "plain", choices: 0, hasQuantile: true },
  { name: "city", choices: 2, hasQuantile: false },
  { name: "gated", choices: 2, hasQuantile: true },
]);
const rows = [
  [-1, 1, 0, 0, 1, 0.3],
  [0.25, 0, 1, 1, 0, 0],
  [1, 0, 1, 0, 1, -0.7],
];
const x = values(rows.flat(), [3, 6]);

it("a critic sees a row, and half the cosines of each quantile that is open", async () => {
  const view = rowView(layout);
  expect(view.width).toBe(6 + 12);
  const { seen } = await evaluate(({ x }) => ({ seen: view.of(x!) }), { x });
  const cosine = (q: number, j: number, open: number) => (open * Math.cos((j * Math.PI * (q + 1)) / 2)) / 2;
  const expected = rows.flatMap((row) => {
    const [plain = 0, , , , gate = 0, gated = 0] = row;
    // All quantiles by j = 1, then by j = 2, and so on.
    return [...row, ...[1, 2, 3, 4, 5, 6].flatMap((j) => [cosine(plain, j, 1), cosine(gated, j, gate)])];
  });
  expect(seen).toBeAllclose({ shape: [3, 18], data: expected }, { absolute: 2e-6 });
});

it("what it sees has the derivative of the cosines", async () => {
  const view = rowView(layout);
  const { slope } = await evaluate(({ x }) => ({ slope: gradients(sum(view.of(x!)), [x!])[0] }), { x });
  const sine = (q: number) =>
    [1, 2, 3, 4, 5, 6].reduce((total, j) => total - ((j * Math.PI) / 4) * Math.sin((j * Math.PI * (q + 1)) / 2), 1);
  for (const [i, [q = 0]] of rows.entries()) expect(slope!.data[i * 6]).toBeCloseTo(sine(q), 4);
});

it("a row without quantiles is seen as it is", async () => {
  const view = rowView(layRow([{ name: "c", choices: 3, hasQuantile: false }]));
  expect(view.width).toBe(3);
  const { seen } = await evaluate(({ x }) => ({ seen: view.of(x!) }), { x: values([0, 1, 0], [1, 3]) });
  expect([...seen!.data]).toEqual([0, 1, 0]);
});
