import { describe, expect, it } from "vitest";
import { ring } from "../../../src/data/points.js";
import { protocolNames, protocols } from "../../../src/protocols/modes/protocols.js";
import { reported } from "../../../src/protocols/modes/reported.js";
import type { Trial } from "../../../src/protocols/modes/results.js";
import { modesReport, rowsOf } from "../../../src/protocols/modes/summary.js";
import { resolveConfig } from "../../../src/runs/config.js";

function trial(loss: string, seed: number, figures: Partial<Trial>): Trial {
  const config = resolveConfig({ data: "ring", loss, seed }, ring());
  const unmeasured = { highQualityShare: null, emd: null, klDivergence: null };
  return { config, iterations: 10, seconds: 1, stopped: null, modes: 8, ...unmeasured, ...figures };
}

describe("the rows of a benchmark", () => {
  const trials = [
    trial("w-gp", 0, { modes: 8, highQualityShare: 0.9, emd: 0.1 }),
    trial("bce", 0, { modes: 1, highQualityShare: 0.5, emd: null, stopped: "The critic loss was not finite." }),
    trial("w-gp", 1, { modes: 6, highQualityShare: 0.8, emd: 0.3 }),
    trial("w-gp", 2, { modes: 7, highQualityShare: 0.7, emd: 0.2 }),
  ];

  it("are one a pairing, with the mean and s / sqrt(n) of its trials", () => {
    const [wgp, bce] = rowsOf({ trials });
    expect(wgp).toMatchObject({ loss: "w-gp", trials: 3, diverged: 0, klDivergence: null });
    expect(wgp!.modes!.mean).toBe(7);
    // The sample deviation of 6, 7 and 8 is 1.
    expect(wgp!.modes!.error).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(wgp!.highQualityShare!.mean).toBeCloseTo(0.8, 12);
    expect(wgp!.emd!.error).toBeCloseTo(0.1 / Math.sqrt(3), 12);
    expect(bce).toMatchObject({ loss: "bce", trials: 1, diverged: 1, modes: { mean: 1, error: null }, emd: null });
  });

  it("stand beside the papers' in what is written", () => {
    const real = { modes: 8, highQualityShare: 0.99, emd: 0.07, klDivergence: null };
    const about = { version: 1, benchmark: "modes", protocol: "ring", quick: false, samples: 2500 } as const;
    const report = modesReport({ ...about, real, trials });
    expect(report.reproduced).toEqual(rowsOf({ trials }));
    expect(report.reported).toBe(reported.ring);
  });
});

describe.each(protocolNames)("the papers' figures for %s", (name) => {
  it("are in range, of the figures that the protocol has, and have the plain GAN of both papers", () => {
    for (const { modes, highQualityShare, klDivergence } of reported[name]) {
      expect(modes.mean).toBeLessThanOrEqual(protocols[name].modes);
      const points = name !== "stacked-mnist";
      expect([highQualityShare !== null, klDivergence !== null]).toEqual([points, !points]);
      expect(highQualityShare?.mean ?? 0).toBeLessThan(1);
      expect(klDivergence?.mean ?? 0).toBeLessThan(Math.log(1000));
    }
    const gans = reported[name].filter(({ method }) => method === "GAN").map(({ source }) => source);
    expect(gans.map(({ arxiv }) => arxiv)).toEqual(["1705.07761", "1712.04086"]);
  });
});
