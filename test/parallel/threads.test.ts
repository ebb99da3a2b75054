import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inThread, inTurns } from "../../src/parallel/threads.js";

describe("work in turns", () => {
  it("keeps the order of the items and never does more than so many at a time", async () => {
    let [now, most] = [0, 0];
    const results = await inTurns([30, 1, 20, 1, 10], 2, async (milliseconds) => {
      most = Math.max(most, ++now);
      await wait(milliseconds);
      now--;
      return 2 * milliseconds;
    });
    expect(results).toEqual([60, 2, 40, 2, 20]);
    expect(most).toBe(2);
  });

  it("passes an error on at once, and a stop when all that was under way has ended", async () => {
    const ended: string[] = [];
    const work = (error: Error) => async (name: string) => {
      await wait(name === "quick" ? 1 : 60);
      ended.push(name);
      throw error;
    };
    await expect(inTurns(["quick", "slow"], 2, work(new Error("broken")))).rejects.toThrow("broken");
    expect(ended).toEqual(["quick"]);
    await wait(80);
    ended.length = 0;
    const stop = new DOMException("stopped", "AbortError");
    await expect(inTurns(["quick", "slow"], 2, work(stop))).rejects.toThrow("stopped");
    expect(ended).toEqual(["quick", "slow"]);
  });
});

describe("work in a thread", () => {
  /** A module that speaks as `serveThread` does. */
  const module = (body: string) =>
    new URL(
      `data:text/javascript,import { parentPort, workerData } from "node:worker_threads";${encodeURIComponent(body)}`,
    );

  it("gets its assignment, tells its progress and gives its result", async () => {
    const seen: number[] = [];
    const double = module(
      `parentPort.postMessage({ type: "progress", progress: 1 });
       parentPort.postMessage({ type: "done", result: 2 * workerData.x });`,
    );
    expect(await inThread<number, number>(double, { x: 21 }, { onProgress: (n) => seen.push(n) })).toBe(42);
    expect(seen).toEqual([1]);
  });

  it("is asked to stop and has ended when the caller hears of it", async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const patient = module(
      `parentPort.postMessage({ type: "progress", progress: "begun" });
       parentPort.on("message", () => setTimeout(() => {
         parentPort.postMessage({ type: "progress", progress: "saved" });
         parentPort.close();
       }, 30));`,
    );
    const onProgress = (what: string) => {
      seen.push(what);
      controller.abort();
    };
    await expect(inThread(patient, {}, { signal: controller.signal, onProgress })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
    expect(seen).toEqual(["begun", "saved"]);
  });

  it("passes its error on, and says so where it ends without a result", async () => {
    const options = { onProgress: () => {} };
    await expect(inThread(module(`throw new RangeError("too far");`), {}, options)).rejects.toThrow("too far");
    await expect(inThread(module(""), {}, options)).rejects.toThrow("ended early with code 0");
  });
});
