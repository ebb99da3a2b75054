import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { exactTransportSync } from "../../src/transport/exact.js";

// A thread runs compiled files: `npm test` builds them first.
const compiled = new URL("../../dist/transport/exactInThread.js", import.meta.url).href;
const { exactTransportInThread }: typeof import("../../src/transport/exactInThread.js") = await import(compiled);

const cloud = (seed: number, count: number) => ({ points: createRng(seed).normals(2 * count), dimension: 2 });

describe("exact transport in a thread of its own", () => {
  it("gives the same answer, with progress, while this thread goes on", async () => {
    const problem = { a: cloud(1, 600), b: cloud(2, 500) };
    let ticks = 0;
    let reports = 0;
    const timer = setInterval(() => ticks++, 1);
    const solution = await exactTransportInThread(problem, { onProgress: () => reports++ });
    clearInterval(timer);
    expect(solution).toEqual(exactTransportSync(problem));
    expect(ticks).toBeGreaterThan(10);
    expect(reports).toBeGreaterThan(1);
  });

  it("is stopped by a signal", async () => {
    const started = performance.now();
    const running = exactTransportInThread(
      { a: cloud(1, 9000), b: cloud(2, 9000) },
      { signal: AbortSignal.timeout(200) },
    );
    await expect(running).rejects.toThrow(/timeout/);
    expect(performance.now() - started).toBeLessThan(3000);
    await expect(
      exactTransportInThread({ a: cloud(1, 2), b: cloud(2, 2) }, { signal: AbortSignal.abort() }),
    ).rejects.toThrow(/abort/);
  });

  it("passes on what is wrong with the input", async () => {
    const empty = { points: new Float64Array(0), dimension: 2 };
    await expect(exactTransportInThread({ a: empty, b: cloud(1, 3) })).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining("empty") as string,
    });
  });
});
