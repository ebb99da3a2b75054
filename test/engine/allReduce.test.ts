import { describe, expect, it } from "vitest";
import {
  add,
  allReduce,
  compile,
  gradients,
  greater,
  matmul,
  mean,
  mul,
  sin,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
  type TensorData,
  tanh,
  traceModel,
  where,
} from "../../src/engine/index.js";
import { ranksInMemory } from "../parallel/ranksInMemory.js";
import "../allclose.js";

type Function = (inputs: { readonly x: Tensor; readonly w: Tensor }) => Readonly<Record<string, Tensor>>;

const w: TensorData = { shape: [2, 3], data: Float32Array.of(0.3, -0.2, 0.5, 0.1, 0.7, -0.4) };
const rows = Float32Array.of(0.1, 0.2, -0.3, 0.4, 1.5, -0.6, 0.7, 0.8, 0.9, -1);

/** What each of several ranks computes that have so many rows each, and how many models its program is. */
async function onRanks(fn: Function, counts: readonly number[]) {
  const ranks = ranksInMemory(counts.length);
  let start = 0;
  const parts = counts.map((count) => {
    const data = rows.slice(2 * start, 2 * (start + count));
    start += count;
    return { shape: [count, 2], data };
  });
  return Promise.all(
    parts.map(async (x, rank) => {
      const program = await compile(
        fn,
        { x: { shape: x.shape }, w: { shape: w.shape } },
        { allReduce: ranks[rank]?.allReduce, threads: 1 },
      );
      const results = await program.run({ x, w });
      await program.release();
      return { results, models: program.models.length };
    }),
  );
}

/** Batch normalisation's statistics of all rows, and the gradient of a function of what they make of the rows. */
const normalised = (together: (x: Tensor) => Tensor): Function => {
  return ({ x, w }) => {
    const hidden = tanh(matmul(x, w));
    const centred = sub(hidden, mul(together(sum(hidden, [0])), 1 / 5));
    const variance = mul(together(sum(square(centred), [0])), 1 / 5);
    const positive = where(greater(centred, 0), centred, mul(centred, 0.2));
    const loss = sum(mul(sin(add(positive, variance)), square(variance)));
    const [slope] = gradients(loss, [w]);
    const again = together(slope);
    const [second] = gradients(sum(square(sub(w, mul(0.1, again)))), [w]);
    return {
      loss: together(loss),
      gradient: again,
      next: sub(w, mul(0.1, stopGradient(again))),
      second: together(second),
      variance,
    };
  };
};

describe("sums over ranks", () => {
  it.each([[[5]], [[3, 2]], [[1, 1, 3]]])(
    "give ranks with %j rows what one has of all, derivatives of both orders too",
    async (counts) => {
      const [alone] = await onRanks(
        normalised((x) => x),
        [5],
      );
      const ranks = await onRanks(normalised(allReduce), counts);
      for (const { results } of ranks) {
        for (const [name, { shape, data }] of Object.entries(alone!.results)) {
          // What each rank computes of a sum alike counts once for each rank.
          const times = name === "second" ? counts.length : 1;
          expect(results[name], name).toBeAllclose(
            { shape, data: data.map((x) => times * x) },
            {
              relative: 1e-5,
              absolute: 1e-6,
            },
          );
        }
      }
    },
  );

  it("cut a program only where one depends on another", async () => {
    const independent: Function = ({ x, w }) => ({
      sum: allReduce(sum(x, [0])),
      squares: allReduce(sum(square(x), [0])),
      later: tanh(allReduce(mean(matmul(x, w)))),
    });
    const dependent: Function = ({ x, w }) => ({ twice: allReduce(mul(allReduce(sum(x)), sum(w))) });
    expect((await onRanks(independent, [3, 2]))[0]?.models).toBe(2);
    expect((await onRanks(dependent, [3, 2]))[0]?.models).toBe(3);
  });

  it("are the tensor itself in a program that is the only one", async () => {
    const fn: Function = ({ x }) => ({ y: allReduce(x) });
    const specs = { x: { shape: [5, 2] }, w: { shape: [2, 3] } };
    const program = await compile(fn, specs, { threads: 1 });
    const { y } = await program.run({ x: { shape: [5, 2], data: rows }, w });
    await program.release();
    expect(y?.data).toEqual(rows);
    expect(traceModel(fn, specs).length).toBeGreaterThan(0);
  });
});
