import { describe, expect, it } from "vitest";
import { inOrder } from "../../src/parallel/inOrder.js";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("results in order", () => {
  it("come in the order of the items, though later ones are done before", async () => {
    const results: number[] = [];
    for await (const result of inOrder([30, 1, 10, 5], 3, async (wait) => {
      await pause(wait);
      return wait;
    }))
      results.push(result);
    expect(results).toEqual([30, 1, 10, 5]);
  });

  it("are never more under way than asked for, and the next is begun while one is used", async () => {
    const begun: number[] = [];
    let [now, most] = [0, 0];
    const all = inOrder([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      most = Math.max(most, ++now);
      await pause(1);
      now--;
      return item;
    });
    expect((await all.next()).value).toBe(0);
    expect(begun).toEqual([0, 1, 2]);
    await pause(10);
    expect(begun).toEqual([0, 1, 2]);
    for await (const _ of all);
    expect([begun.length, most]).toEqual([5, 2]);
  });

  it("stop all that is under way where one fails, in its turn", async () => {
    const stopped: number[] = [];
    const results: number[] = [];
    const all = inOrder([0, 1, 2, 3], 3, async (item, signal) => {
      if (item === 1) throw new RangeError("one");
      if (item > 1) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      if (signal.aborted) stopped.push(item);
      return item;
    });
    await expect(
      (async () => {
        for await (const result of all) results.push(result);
      })(),
    ).rejects.toThrow("one");
    expect(results).toEqual([0]);
    expect(stopped).toEqual([2, 3]);
  });

  it("stop all that is under way where whoever uses them has enough", async () => {
    const ended: number[] = [];
    const all = inOrder([0, 1, 2], 2, async (item, signal) => {
      if (item > 0) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended.push(item);
      return item;
    });
    for await (const _ of all) break;
    expect(ended.sort()).toEqual([0, 1, 2]);
  });

  it("of no items are none", async () => {
    for await (const _ of inOrder([], 2, async () => 1)) throw new Error("there was one");
  });
});
