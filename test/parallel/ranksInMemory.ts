import type { AllReduce } from "../../src/engine/index.js";

/** What `size` ranks within this process sum by, in the order of the ranks. */
export function sumsInMemory(size: number): AllReduce[] {
  let round = newRound(size);
  return Array.from({ length: size }, (_, rank) => async (numbers) => {
    const own = round;
    own.give(rank, numbers.slice());
    if (own.isFull()) round = newRound(size);
    numbers.set(await own.sum);
  });
}

/** One sum: all ranks have it once the last one has given its part. */
function newRound(size: number) {
  const given = new Map<number, Float32Array>();
  let settle: { readonly resolve: (sum: Float32Array) => void; readonly reject: (error: Error) => void };
  const sum = new Promise<Float32Array>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    sum,
    isFull: () => given.size === size,
    give(rank: number, numbers: Float32Array) {
      given.set(rank, numbers);
      if (given.size < size) return;
      const parts = Array.from({ length: size }, (_, rank) => given.get(rank) ?? new Float32Array());
      if (parts.some(({ length }) => length !== numbers.length))
        settle.reject(new Error("ranks sum different lengths"));
      settle.resolve(numbers.map((_, i) => parts.reduce((sum, part) => sum + (part[i] ?? Number.NaN), 0)));
    },
  };
}
