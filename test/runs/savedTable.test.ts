import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openRun } from "../../src/runs/openRun.js";

/** A run that an earlier state of this package saved (test/fixtures/savedTable.mjs). */
const SAVED = fileURLToPath(new URL("../fixtures/savedTable", import.meta.url));

describe("a run on a table that was saved before", () => {
  it("is opened, and makes rows, although its data is gone", async () => {
    const run = await openRun(SAVED);
    expect(run.progress.iteration).toBe(2);
    const rows = await run.sampleRows(300, { seed: 1 });
    expect(rows).toHaveLength(300);
    for (const { id, city, age, income, since, ...others } of rows) {
      expect(others).toEqual({});
      expect(id).toMatch(/^P-\d+$/);
      expect(["Bern", "Graz"]).toContain(city);
      expect(age).toMatch(/^(1[89]|[2-6]\d|7[0-7])$/);
      expect(income).toMatch(/^$|^\d+\.\d\d$/);
      expect(since).toMatch(/^2024-01-(1\d|2[0-8])$/);
    }
    const missing = rows.filter(({ income }) => income === "").length / rows.length;
    expect(missing).toBeGreaterThan(0.05);
    expect(missing).toBeLessThan(0.35);
  });

  it("fulfils conditions, on its last column too", async () => {
    const where = ["since=2024-01-20..", "city=Bern"];
    const rows = await (await openRun(SAVED)).sampleRows(20, { where });
    expect(rows.filter(({ since = "", city }) => since < "2024-01-20" || city !== "Bern")).toEqual([]);
  });
});
