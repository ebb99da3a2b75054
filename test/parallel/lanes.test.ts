import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inLanes } from "../../src/parallel/lanes.js";

describe("work in lanes", () => {
  it("keeps the order of the items and never does more than so many at a time", async () => {
    let [now, most] = [0, 0];
    const results = await inLanes([30, 1, 20, 1, 10], 2, async (milliseconds) => {
      most = Math.max(most, ++now);
      await wait(milliseconds);
      now--;
      return 2 * milliseconds;
    });
    expect(results).toEqual([60, 2, 40, 2, 20]);
    expect(most).toBe(2);
  });

  it("begins nothing after an error, stops what is under way and throws when that has ended", async () => {
    const log: string[] = [];
    const work = async (name: string, signal: AbortSignal) => {
      await wait(name === "quick" ? 1 : 40);
      log.push(signal.aborted ? `${name} stopped` : `${name} broke`);
      throw new Error(name);
    };
    await expect(inLanes(["quick", "slow", "never"], 2, work)).rejects.toThrow("quick");
    expect(log).toEqual(["quick broke", "slow stopped"]);
  });

  it("is stopped by a signal, with its reason", async () => {
    const controller = new AbortController();
    const work = async (_: number, signal: AbortSignal) => {
      controller.abort();
      await wait(1);
      signal.throwIfAborted();
    };
    await expect(inLanes([1, 2, 3], 1, work, controller.signal)).rejects.toBe(controller.signal.reason);
    await expect(inLanes([1], 1, async () => {}, controller.signal)).rejects.toBe(controller.signal.reason);
  });
});
