import type { Ranks } from "../../src/parallel/ranks.js";

/** `size` ranks within this process, which sum in their order. */
export function ranksInMemory(size: number): Ranks[] {
  let round = newRound(size);
  const meet = (rank: number, bytes: Uint8Array): Promise<Uint8Array[]> => {
    const own = round;
    own.give(rank, bytes.slice());
    if (own.isFull()) round = newRound(size);
    return own.parts;
  };
  return Array.from({ length: size }, (_, rank) => ({
    ...{ rank, size },
    async allReduce(numbers) {
      const given = await meet(rank, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
      const parts = given.map((bytes) => new Float32Array(bytes.slice().buffer));
      if (parts.some(({ length }) => length !== numbers.length)) throw new Error("ranks sum different lengths");
      numbers.set(numbers.map((_, i) => parts.reduce((sum, part) => sum + (part[i] ?? Number.NaN), 0)));
    },
    broadcast: async (bytes) => (await meet(rank, bytes))[0] ?? new Uint8Array(),
    gather: (bytes) => meet(rank, bytes),
    leave: async () => void (await meet(rank, new Uint8Array())),
    abort(exitCode) {
      throw new Error(`rank ${rank} ended the job with exit code ${exitCode}`);
    },
  }));
}

/** What the ranks give at one point: all of them have it once the last one has come. */
function newRound(size: number) {
  const given = new Map<number, Uint8Array>();
  let settle: (parts: Uint8Array[]) => void = () => {};
  const parts = new Promise<Uint8Array[]>((resolve) => {
    settle = resolve;
  });
  return {
    parts,
    isFull: () => given.size === size,
    give(rank: number, bytes: Uint8Array) {
      given.set(rank, bytes);
      if (given.size === size) settle([...given].sort(([a], [b]) => a - b).map(([, part]) => part));
    },
  };
}
