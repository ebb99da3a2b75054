import { expect, it } from "vitest";
import { dataHelp } from "../../src/cli/dataHelp.js";
import { datasets } from "../../src/data/catalogue.js";
import { distributionDataset } from "../../src/data/distribution.js";
import type { SyntheticEntry } from "../../src/data/entry.js";
import { openDataset } from "../../src/data/open.js";
import { readPoints } from "../../src/data/pointSets.js";
import { pointDatasets } from "../../src/data/points.js";
import { taken } from "../../src/data/sources/kinds.js";
import { leadOf } from "../../src/report/page/headline.js";
import { groupsOf } from "../../src/report/summary.js";
import { compare } from "../../src/runs/compare.js";
import { dataName } from "../../studio/src/language/catalogues.js";
import { en } from "../../studio/src/language/en.js";
import { dataNames } from "../../studio/src/settings/settings.js";
import { fromUrl } from "../../studio/src/settings/url.js";
import { syntheticComparison } from "../report/synthetic.js";

/** A data set from one file: its name, what it is, and what opens it. */
const cross: SyntheticEntry = {
  name: "cross",
  title: "Cross",
  summary: "two lines that cross",
  open: () =>
    distributionDataset({
      name: "cross",
      draw(rng, n) {
        const points = new Float32Array(2 * n);
        for (let i = 0; i < n; i++) {
          const x = 2 * rng.uniform() - 1;
          points.set([x, rng.integer(2) === 0 ? x : -x], 2 * i);
        }
        return { points };
      },
      center: [0, 0],
      spread: 1,
    }),
};

it("a data set that is added is found by its name wherever the others are", async () => {
  datasets.add(cross);
  pointDatasets.add(cross);
  expect((await openDataset("cross")).name).toBe("cross");
  expect(dataHelp(taken.training)).toContain("stacked-mnist, cross");
  await expect(openDataset("crosss")).rejects.toThrow(/Did you mean cross\? .*stacked-mnist, cross\./);
  expect(await readPoints("cross", { draw: 20 })).toMatchObject({ count: 20, dimension: 2 });
  const settings = { width: 8, depth: 1, batch: 16, iterations: 2, evaluateEvery: 1, settle: 0 };
  const comparison = syntheticComparison({ losses: ["w-gp"], evaluations: 2 });
  const lead = leadOf(groupsOf(comparison), { ...comparison, results: { ...comparison.results, data: "cross" } });
  expect(lead.markup).toContain("two lines that cross");
  await expect(compare({ data: "cross", losses: ["w-gp"], seeds: [0], settings, workers: 1 })).rejects.toThrow(
    /The data set "cross" was added in this thread/,
  );
  expect(dataNames()).toContain("cross");
  expect(dataName("cross", en)).toBe("Cross");
  expect(fromUrl("data=cross").linked.settings.data).toBe("cross");
});
