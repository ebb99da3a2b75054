import { expect, it } from "vitest";
import { takeTurns } from "../../bench/turns.mjs";

/** A participant of which an iteration takes so many seconds. */
function participant(each: number, more: { atOnce?: number } = {}) {
  const asked: number[] = [];
  const times: number[] = [];
  const ask = async ({ iterations }: { iterations: number }) => {
    asked.push(iterations);
    return { seconds: iterations * each };
  };
  return { asked, times, process: { ask, stop: async () => {} }, ...more };
}

it("a turn takes about half a second, in multiples of what is done at once, and a first one that is long enough counts", async () => {
  const [quick, together, slow] = [participant(0.01), participant(0.01, { atOnce: 16 }), participant(2)];
  await takeTurns("row", [quick, together, slow], { rounds: 2, tell: () => {} });
  expect([quick.asked, together.asked, slow.asked]).toEqual([
    [1, 50, 50],
    [16, 48, 48],
    [1, 1, 1],
  ]);
  expect([quick.times.length, together.times.length, slow.times.length]).toEqual([2, 2, 3]);
  for (const time of [...quick.times, ...together.times]) expect(time).toBeCloseTo(0.01);
});
