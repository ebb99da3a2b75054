import { describe, expect, it } from "vitest";
import type { ThreadWork } from "../../src/parallel/threads.js";

// A thread runs compiled files: `npm test` builds them first.
const compiled = (path: string) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { inThread, inThreads }: typeof import("../../src/parallel/threads.js") = await compiled("parallel/threads.js");
const { InputError }: typeof import("../../src/errors.js") = await compiled("errors.js");
const { Divergence }: typeof import("../../src/game/divergence.js") = await compiled("game/divergence.js");
const { ShapeError }: typeof import("../../src/engine/index.js") = await compiled("engine/index.js");

const module = new URL("./work.mjs", import.meta.url).href;
const exported = await import(module);

function work<Assignment, Progress, Result>(
  name: string,
  stop: "ask" | "terminate" = "ask",
): ThreadWork<Assignment, Progress, Result> {
  return { module, run: exported[name], errors: [Divergence, ShapeError], stop };
}

describe("work in a thread", () => {
  it("gets its assignment, tells its progress and gives its result", async () => {
    const seen: number[] = [];
    const double = work<{ x: number }, number, number>("double");
    expect(await inThread(double, { x: 21 }, { onProgress: (n) => seen.push(n) })).toBe(42);
    expect(seen).toEqual([21]);
  });

  it("is asked to stop and has ended when the caller hears of it", async () => {
    const controller = new AbortController();
    const reason = new DOMException("enough", "TimeoutError");
    const seen: string[] = [];
    const onProgress = (what: string) => {
      seen.push(what);
      controller.abort(reason);
    };
    const running = inThread(work<object, string, void>("patient"), {}, { signal: controller.signal, onProgress });
    await expect(running).rejects.toBe(reason);
    expect(seen).toEqual(["begun", "saved"]);
    await expect(inThread(work("double"), {}, { signal: controller.signal })).rejects.toBe(reason);
  });

  it("tells what went wrong while it was stopping", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    const problem = "the disk is full";
    await expect(inThread(work("patient"), { problem }, options)).rejects.toThrow(problem);
  });

  it("is ended at once where nothing speaks against it", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(inThread(work("deaf", "terminate"), {}, options)).rejects.toMatchObject({ name: "AbortError" });
  });

  it("says so where it ends without a result, or does not exist", async () => {
    await expect(inThread(work("fail"), { kind: "exit" })).rejects.toThrow("ended early with code 3");
    const missing = { module, run: function missing() {}, errors: [], stop: "ask" } as const;
    await expect(inThread(missing, {})).rejects.toThrow("work.mjs exports no function missing");
  });
});

describe("an error in a thread", () => {
  const thrown = async (kind: string): Promise<unknown> => {
    try {
      await inThread(work("fail"), { kind });
    } catch (error) {
      return error;
    }
    throw new Error("nothing was thrown");
  };

  it.each([
    ["input", InputError, { name: "InputError", message: "that is no number" }],
    ["shape", ShapeError, { name: "ShapeError", message: expect.stringContaining("[2] does not fit [3]") }],
    ["range", RangeError, { name: "RangeError", message: "too far" }],
    ["abort", DOMException, { name: "AbortError", message: "given up" }],
    ["divergence", Divergence, { name: "Divergence", iteration: 7, term: "critic loss" }],
    ["system", Error, { name: "Error", code: "ENOENT", path: "/nowhere" }],
    ["text", Error, { name: "Error", message: "a text" }],
  ])("keeps its class, name, message and fields: %s", async (kind, expected, fields) => {
    const error = await thrown(kind);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject(fields);
  });

  it("keeps its stack and its cause", async () => {
    expect(await thrown("range")).toMatchObject({ stack: expect.stringContaining("work.mjs") });
    const { cause } = (await thrown("cause")) as Error;
    expect(cause).toBeInstanceOf(InputError);
    expect(cause).toMatchObject({ message: "inner" });
  });

  it("of a class that is not listed becomes one of the class that it extends, under its own name", async () => {
    const error = await thrown("unlisted");
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ name: "Unlisted", message: "further" });
  });
});

describe("work in several threads", () => {
  it("tells whose progress and result it is, in threads and in this one", async () => {
    for (const workers of [0, 2]) {
      const told: [number, number][] = [];
      const results = await inThreads(work<{ x: number }, number, number>("double"), [{ x: 1 }, { x: 2 }, { x: 3 }], {
        workers,
        onProgress: (progress, { x }) => told.push([progress, x]),
        onResult: async (result, { x }) => void told.push([result, x]),
      });
      expect(results).toEqual([2, 4, 6]);
      expect(told.sort()).toEqual([[1, 1], [2, 1], [2, 2], [3, 3], [4, 2], [6, 3]]); // biome-ignore format: pairs
    }
  });

  it("an error of one stops the others, which may save first", async () => {
    const seen: string[] = [];
    const mixed = work<{ kind?: string }, string, void>("either");
    const assignments = [{}, { kind: "input" }];
    const running = inThreads(mixed, assignments, { workers: 2, onProgress: (what) => seen.push(what) });
    await expect(running).rejects.toBeInstanceOf(InputError);
    expect(seen).toEqual(["begun", "saved"]);
  });
});
