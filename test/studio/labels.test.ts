import { expect, it } from "vitest";
import { labelled } from "../../studio/src/runs/labels.js";
import { syntheticComparison } from "../report/synthetic.js";

const runsOf = (losses: readonly string[], seeds: readonly number[]) =>
  syntheticComparison({ losses, seeds, evaluations: 2, shape: [1] }).results.runs;

it("tells runs of one pairing apart by seed, in words and by the mark at the end of a curve", () => {
  const seeds = labelled(runsOf(["bce", "w-gp"], [0, 1]));
  expect(seeds.map(({ label }) => label)).toEqual(["BCE, seed 0", "BCE, seed 1", "W-GP, seed 0", "W-GP, seed 1"]);
  expect(seeds.map(({ name }) => name)).toEqual(["BCE", "BCE", "W-GP", "W-GP"]);
  expect(seeds.map(({ mark }) => mark)).toEqual(["circle", "square", "square", "triangle"]);
});

it("tells two runs of one pairing and seed apart, and marks one of each by its loss", () => {
  const [run] = runsOf(["w-gp"], [0]);
  const twice = labelled([run!, { ...run! }]);
  expect(twice.map(({ label, name }) => [label, name])).toEqual([
    ["W-GP", "W-GP"],
    ["W-GP (2)", "W-GP (2)"],
  ]);
  expect(new Set(twice.map(({ key }) => key)).size).toBe(2);
  expect(new Set(twice.map(({ mark }) => mark)).size).toBe(2);
  expect(labelled(runsOf(["bce", "w-gp"], [0])).map(({ mark }) => mark)).toEqual(["circle", "square"]);
});
