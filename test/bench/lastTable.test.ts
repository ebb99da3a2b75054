import { describe, expect, it } from "vitest";
import { besideLastTable, lastTable, slowerRows } from "../../bench/lastTable.mjs";
import { compared } from "../../bench/report.mjs";

const table = lastTable(`| a | table of before |
|---|---|

## The last table

|  | Monge | of the peak | torch eager | JAX jit |
| --- | --- | --- | --- | --- |
| toy | 10 ms (9) | 41 % | 20 ms (18) 2× | 5 ms (4) 0.5× |
| session | 46 ms (42.7) |  |  |  |
| memory | 133 MiB |  | 313 MiB 2.35× | absent |

|  | Monge |
| --- | --- |
| later | 1 s |
`);

/** A run of the row in which Monge, PyTorch and JAX take so many seconds. */
const run = (row: string, ours: number, torch: number, jax?: number) =>
  compared(row, { times: [ours] }, [
    { name: "torch eager", times: [torch] },
    jax === undefined ? { name: "JAX jit", times: [], absent: "not installed" } : { name: "JAX jit", times: [jax] },
  ]);

describe("the last table", () => {
  it("is read with our times and the ratios of peers", () => {
    expect([...table]).toEqual([
      ["toy", { seconds: 0.01, ratios: { "torch eager": 2, "JAX jit": 0.5 } }],
      ["session", { seconds: 0.046, ratios: {} }],
      ["memory", { ratios: { "torch eager": 2.35 } }],
    ]);
  });

  it("of bench/README.md has the rows of the bench", () => {
    const kept = lastTable();
    expect(kept.get("toy-128")?.ratios).toEqual({
      "torch eager": expect.any(Number),
      "torch.compile": expect.any(Number),
      "JAX jit": expect.any(Number),
    });
    expect(kept.get("startup: session, toy-128")?.seconds).toBeLessThan(1);
  });
});

describe("a row", () => {
  it("that lost more than a tenth to its peers is told, with each of them", () => {
    expect(slowerRows([run("toy", 0.0115, 0.02, 0.005)], table)).toEqual([
      "toy: 15 % (torch eager 2× → 1.74×, JAX jit 0.5× → 0.435×)",
    ]);
    expect(besideLastTable([run("toy", 0.0115, 0.02)], table)).toContain("\n  toy: 15 %");
  });

  it("is not told within the tenth, on a slower machine, or where it is not in the table", () => {
    const entries = [run("toy", 0.0105, 0.02, 0.005), run("toy", 0.03, 0.06, 0.015), run("other", 9, 1)];
    expect(slowerRows(entries, table)).toEqual([]);
    expect(besideLastTable(entries, table)).toMatch(/^No row/);
  });

  it("without a peer is judged by its time", () => {
    const alone = (seconds: number) => slowerRows([compared("session", { times: [seconds] }, [])], table);
    expect(alone(0.05)).toEqual([]);
    expect(alone(0.06)).toEqual(["session: 30 % (by its time alone)"]);
  });
});
