import { describe, expect, it } from "vitest";
import { factsTable, resultsNotes, wrapped } from "../../src/cli/table.js";
import { verifyTable } from "../../src/cli/verify/table.js";
import type { VerifyResults } from "../../src/protocols/verify/index.js";
import { syntheticComparison, withFigures } from "../report/synthetic.js";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("tables fit 80 columns", () => {
  it("facts: long values go on below, at spaces where there are any, and nothing of them is lost", () => {
    const path = `/${"folder/".repeat(30)}run`;
    const files = Array.from({ length: 40 }, (_, i) => `file-${i}.png`).join(", ");
    const table = factsTable([
      ["checkpoint", path],
      ["files", files],
    ]);
    expect(widest(table)).toBeLessThanOrEqual(80);
    const content = table.replaceAll(/[^\x20-\x7e\n]/g, "").replaceAll(/\s/g, "");
    expect(content).toContain(path);
    expect(content).toContain(files.replaceAll(" ", ""));
    expect(table).toContain("file-39.png ");
  });

  it("facts: a short table is no wider than its content", () => {
    expect(widest(factsTable([["distance", "0.5"]]))).toBe("│ distance │ 0.5 │".length);
  });

  it("verify: six cells stand in two blocks, each with its own head", () => {
    const cells = ["D2N4", "D2N64", "D16N4", "D16N64", "D64N16", "D128N64"];
    const entries = cells.map((cell) => ({ cell, critic: "gp", truth: 1.5, cosine: -0.5, estimate: -0.25 }));
    const table = verifyTable({ entries } as unknown as VerifyResults);
    expect(widest(table)).toBeLessThanOrEqual(80);
    for (const cell of cells)
      expect(table.split("\n").filter((line) => line.split(/ +/).includes(cell))).toHaveLength(1);
    expect(table.match(/true W1/g)).toHaveLength(2);
  });

  it("text is broken at spaces", () => {
    const text = `${"word ".repeat(50)}end`;
    expect(widest(wrapped(text))).toBeLessThanOrEqual(80);
    expect(wrapped(text).replaceAll("\n", " ")).toBe(text);
  });
});

it("the notes of a comparison say of the lag and of the slack alike when the floor is more", () => {
  const run = syntheticComparison().results.runs.find(({ loss }) => loss === "w-gp")!;
  const notes = (heldOutEstimate: number, debiasedEmd: number) =>
    resultsNotes([withFigures(run, { heldOutEstimate, settledEstimate: 0.5, debiasedEmd, emdFloor: 0.25 })])
      .slice(0, 2)
      .map((note) => note.replaceAll("\n", " "));
  expect(notes(-0.5, 0.4)).toEqual([
    "The critic's lag behind its generator, settled - running: w-gp 1.",
    "The slack of its condition, settled - debiased: w-gp 0.1 (less than the floor).",
  ]);
  expect(notes(0.4, 1.5)).toEqual([
    "The critic's lag behind its generator, settled - running: w-gp 0.1 (less than the floor).",
    "The slack of its condition, settled - debiased: w-gp -1.",
  ]);
});
