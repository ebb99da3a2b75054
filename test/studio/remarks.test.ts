import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Evaluation } from "../../src/metrics/metric.js";
import { evaluationVersion1Schema } from "../../src/runs/resultsVersion1.js";
import { type Remark, type RunSoFar, remarkOn } from "../../studio/src/lessons/remarks.js";
import { sentenceOf } from "../../studio/src/lessons/sentence.js";
import type { SideSettings } from "../../studio/src/settings/settings.js";
import { withFigures } from "../report/synthetic.js";

const BCE: SideSettings = { loss: "bce", constraint: "none" };
const W_GP: SideSettings = { loss: "wasserstein", constraint: "gp" };
const W_NONE: SideSettings = { loss: "wasserstein", constraint: "none" };
const W_CLIP: SideSettings = { loss: "wasserstein", constraint: "clip" };

/** Figures of an evaluation; `null` for none. */
type Changes = Readonly<Record<string, number | null>>;

/** Nothing to say: half-trained, no mode lost, slope 1, not near enough to the exact distance to follow it or to miss it. */
const ORDINARY: Changes = {
  emd: 0.5,
  modesCaptured: 6,
  highQualityShare: 0.05,
  feedback: 1,
  starvedShare: 0,
  slopeMean: 1,
};

/** A run that was evaluated every 50 iterations, with these differences from the ordinary. */
function run(settings: SideSettings, evaluations: readonly Changes[], modes: number | null = 8): RunSoFar {
  const filled = evaluations.map(
    (changes, i): Evaluation =>
      withFigures({ iteration: i * 50, seconds: 0, figures: {} }, { ...ORDINARY, ...changes }),
  );
  return { settings, evaluations: filled, modes };
}

const times = (count: number, evaluation: Changes) => Array.from({ length: count }, () => evaluation);
const estimate = (wassersteinEstimate: number, emd = 0.5) => ({ wassersteinEstimate, emd });

describe("what is remarked", () => {
  const cases: [string, RunSoFar, Remark][] = [
    [
      "a slope far above 1 that nothing holds",
      run(W_NONE, times(6, { slopeMean: 5.1 })),
      { kind: "unbounded", slope: 5.1 },
    ],
    [
      "a discriminator that starves a quarter of the fakes",
      run(BCE, times(6, { starvedShare: 0.25 })),
      { kind: "saturated", share: 0.25 },
    ],
    [
      "a discriminator whose mean feedback is next to nothing",
      run(BCE, times(6, { feedback: 9e-4, starvedShare: null })),
      { kind: "saturated", share: null },
    ],
    [
      "modes that good samples had and no longer have",
      run(BCE, [...times(4, { modesCaptured: 8, highQualityShare: 0.3 }), ...times(3, { modesCaptured: 4 })]),
      { kind: "lost", captured: 4, before: 8 },
    ],
    [
      "few modes, where the fakes have come no nearer",
      run(BCE, [{ emd: 0.9 }, ...times(5, { emd: 1.3, modesCaptured: 3, highQualityShare: 0.01 })]),
      { kind: "collapsed", captured: 3, modes: 8 },
    ],
    [
      "a critic too flat to measure",
      run(W_CLIP, times(6, { slopeMean: 0.04, ...estimate(0.02) })),
      { kind: "flat", slope: 0.04 },
    ],
    [
      "an estimate within a fifth of the exact distance",
      run(W_GP, times(6, estimate(0.58))),
      { kind: "follows", estimate: 0.58, distance: 0.5 },
    ],
    [
      "an estimate that is too high and falls with the exact distance",
      run(
        W_GP,
        Array.from({ length: 20 }, (_, i) => estimate(1.5 - i / 20, 1 - i / 30)),
      ),
      { kind: "follows", estimate: 1.5 - 19 / 20, distance: 1 - 19 / 30 },
    ],
    [
      "an estimate that falls with the exact distance, but is far above it",
      run(
        W_GP,
        Array.from({ length: 20 }, (_, i) => ({ ...estimate(3 - i / 10, 1 - i / 30), slopeMean: 2 })),
      ),
      { kind: "exceeds", share: expect.closeTo((3 - 19 / 10) / (1 - 19 / 30) - 1, 12) as number, slope: 2 },
    ],
    [
      "an estimate above the exact distance, with the slope that makes it so",
      run(W_GP, times(6, { ...estimate(0.75), slopeMean: 1.4 })),
      { kind: "exceeds", share: 0.5, slope: 1.4 },
    ],
    ["a critic that lags behind", run(W_GP, times(6, estimate(0.3))), { kind: "lags", estimate: 0.3, distance: 0.5 }],
    [
      "all modes and mostly good samples",
      run(BCE, times(6, { modesCaptured: 8, highQualityShare: 0.9 })),
      { kind: "complete", modes: 8, share: 0.9 },
    ],
    [
      "an estimate that is near the debiased distance, though the plain one is far above",
      run(W_GP, times(6, { wassersteinEstimate: 0.3, emd: 0.75, debiasedEmd: 0.29, emdFloor: 0.45 })),
      { kind: "follows", estimate: 0.3, distance: 0.29 },
    ],
    [
      "what a critic says once settled, and the gap that exceeds the floor",
      run(W_GP, [
        ...times(5, estimate(0.036)),
        { wassersteinEstimate: 0.036, emd: 0.4, debiasedEmd: 0.3, emdFloor: 0.09, settledEstimate: 0.31 },
      ]),
      {
        ...{ kind: "settled", estimate: 0.036, settled: 0.31, distance: 0.3 },
        ...{ lag: expect.closeTo(0.274, 12) as number, slack: null },
      },
    ],
    [
      "the held-out estimate rather than the one on training samples",
      run(W_GP, times(6, { wassersteinEstimate: 3, heldOutEstimate: 0.5, emd: 0.5 })),
      { kind: "follows", estimate: 0.5, distance: 0.5 },
    ],
  ];
  it.each(cases)("%s", (_, history, remark) => {
    expect(remarkOn(history)).toEqual(remark);
  });
});

describe("what is not remarked", () => {
  const cases: [string, RunSoFar][] = [
    ["anything before the first evaluation", run(BCE, [])],
    ["anything before iteration 60: every run begins badly", run(BCE, times(4, { starvedShare: 0.9 }))],
    ["an ordinary run", run(BCE, times(8, {}))],
    ["a single bad evaluation", run(BCE, [...times(6, {}), { starvedShare: 0.9, feedback: 0 }])],
    ["two bad evaluations in a row", run(BCE, [...times(6, {}), ...times(2, { starvedShare: 0.9 })])],
    ["a steep slope of a discriminator, which no condition asks to be flat", run(BCE, times(8, { slopeMean: 40 }))],
    ["a slope of 5 without a condition", run(W_NONE, times(8, { slopeMean: 5 }))],
    ["starving fakes of a score, which has no sigmoid", run(W_GP, times(8, { starvedShare: 0.9, feedback: 0 }))],
    [
      "modes hit by stray samples and missed again",
      run(W_GP, [
        ...times(4, { modesCaptured: 8, highQualityShare: 0.02 }),
        ...times(4, { modesCaptured: 3, emd: 0.4 }),
      ]),
    ],
    ["few modes while the fakes come nearer", run(BCE, [{ emd: 1 }, ...times(7, { emd: 0.6, modesCaptured: 2 })])],
    ["modes of data that have none", run(BCE, times(8, { modesCaptured: null, highQualityShare: null }), null)],
    ["an estimate where no exact distance is known", run(W_GP, times(8, { wassersteinEstimate: 0.5, emd: null }))],
    [
      "an estimate that is off by less than two real samples are apart",
      run(W_GP, times(8, { wassersteinEstimate: 0.036, emd: 0.762, debiasedEmd: 0.29, emdFloor: 0.45 })),
    ],
    ["the scale of clipped weights", run(W_CLIP, times(8, { ...estimate(3), slopeMean: 6 }))],
    [
      "an estimate on the verge: neither near enough nor off for long",
      run(
        W_GP,
        [0.5, 0.7, 0.5, 0.7, 0.5].map((e) => estimate(e)),
      ),
    ],
  ];
  it.each(cases)("%s", (_, history) => {
    expect(remarkOn(history)).toBeNull();
  });
});

describe("real runs", () => {
  const history = z.object({ modes: z.int(), evaluations: z.array(evaluationVersion1Schema) });
  const file = readFileSync(new URL("../fixtures/studio/histories.json", import.meta.url), "utf8");
  const histories = z.record(z.string(), history).parse(JSON.parse(file));
  /** The kinds of remark over a run, without repetitions in a row. */
  function kinds(name: string, settings: SideSettings): (string | undefined)[] {
    const { modes, evaluations } = histories[name]!;
    const all = evaluations.map(
      (_, i) => remarkOn({ settings, modes, evaluations: evaluations.slice(0, i + 1) })?.kind,
    );
    return all.filter((kind, i) => i === 0 || kind !== all[i - 1]);
  }

  it("BCE on the ring collapses and saturates", () => {
    expect(kinds("ring bce", BCE)).toEqual([undefined, "collapsed", "saturated"]);
  });

  it("W-GP on the ring begins with too high an estimate and ends with one that follows", () => {
    expect(kinds("ring w-gp", W_GP)).toEqual([undefined, "exceeds", undefined, "exceeds", "follows"]);
  });

  it("W without a condition on the ring is unbounded", () => {
    expect(kinds("ring w-none", W_NONE)).toEqual([undefined, "unbounded"]);
  });

  it("W-GP on the grid lags at first and then follows", () => {
    expect(kinds("grid w-gp", W_GP)).toEqual([undefined, "lags", undefined, "follows"]);
  });
});

describe("the sentence of a remark", () => {
  it("holds its figures in the reader's format", () => {
    const settled = {
      kind: "settled",
      estimate: 0.0361,
      settled: 0.31,
      distance: 0.3,
      lag: 0.2739,
      slack: null,
    } as const;
    expect(sentenceOf(settled)).toContain("Critic's lag: 0.27. Condition's slack: below the floor.");
    expect(sentenceOf({ kind: "exceeds", share: 0.42, slope: 1.3349 })).toContain("42% above the exact distance");
    expect(sentenceOf({ kind: "unbounded", slope: 5240.7 })).toContain("5,241");
    expect(sentenceOf({ kind: "saturated", share: 0.384 })).toContain("38%");
    expect(sentenceOf({ kind: "saturated", share: null })).not.toContain("null");
    expect(sentenceOf({ kind: "lost", captured: 3, before: 8 })).toContain("3 are captured");
  });
});
