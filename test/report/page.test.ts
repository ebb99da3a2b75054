import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { pairingNames } from "../../src/game/pairings.js";
import { modesCaptured } from "../../src/metrics/coverage.js";
import { estimatePearson, lateEstimateSpearman } from "../../src/metrics/estimateQuality.js";
import { heldOutEstimate } from "../../src/metrics/estimates.js";
import { debiasedEmd, emd, emdFloor } from "../../src/metrics/exactDistances.js";
import { feedbackLast } from "../../src/metrics/feedback.js";
import { settledEstimate } from "../../src/metrics/settled.js";
import { slopeMax } from "../../src/metrics/slope.js";
import { MARK_PATHS } from "../../src/report/drawing/marks.js";
import { familiesOf } from "../../src/report/families.js";
import { disjointFeedback } from "../../src/report/figures/oneDimensional.js";
import { formatNumber } from "../../src/report/format.js";
import { findingsOf, titleOf } from "../../src/report/page/headline.js";
import { html } from "../../src/report/page/html.js";
import { pageOf } from "../../src/report/page/page.js";
import { groupsOf } from "../../src/report/summary.js";
import type { Comparison, RunResult } from "../../src/runs/results.js";
import { type SyntheticOptions, syntheticComparison, withFigures } from "./synthetic.js";

const comparisonOf = (options: SyntheticOptions) => syntheticComparison({ evaluations: 6, ...options });

async function markupOf(comparison: Comparison): Promise<string> {
  const groups = groupsOf(comparison);
  return pageOf(comparison, groups, await familiesOf(comparison, groups));
}

async function documentOf(comparison: Comparison): Promise<Document> {
  return parseHTML(await markupOf(comparison)).document;
}

/** The elements of a page that a selector finds. */
const all = (parent: ParentNode, selector: string): Element[] => Array.from(parent.querySelectorAll(selector));
const textOf = (element: Element) => element.textContent!.replace(/\s+/g, " ").trim();

/** The numbers in a row of the table of differences, as a machine reads them. */
function measured(document: Document, title: string): number[] {
  const row = all(document, ".differences tr").find(
    (one) => one.querySelector("th")?.firstChild?.textContent?.trim() === title,
  )!;
  return all(row, "data").map((data) => Number(data.getAttribute("value")));
}

function mean(runs: readonly RunResult[], loss: string, figure: (run: RunResult) => number | null): number {
  const values = runs.filter((run) => run.loss === loss).map((run) => figure(run)!);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("the tables", () => {
  it("hold the means of the runs in full precision", async () => {
    const comparison = comparisonOf({ seeds: [0, 1, 2] });
    const { runs } = comparison.results;
    const document = await documentOf(comparison);
    const both = (figure: (run: RunResult) => number | null) => ["bce", "w-gp"].map((loss) => mean(runs, loss, figure));
    expect(measured(document, "Exact Earth mover's distance")).toEqual(both(emd.of));
    expect(measured(document, "Modes captured")).toEqual(both(modesCaptured.of));
    expect(measured(document, "Generator feedback, last tenth")).toEqual(both(feedbackLast.of));
    expect(measured(document, "Slope of the output, largest")).toEqual(both(slopeMax.of));
    expect(measured(document, "Running estimate, on held-out samples")).toEqual([
      mean(runs, "w-gp", heldOutEstimate.of),
    ]);
  });

  it("hold each exact distance with its floor, debiased and beside the settled estimate, with the unit", async () => {
    const comparison = comparisonOf({});
    const { runs } = comparison.results;
    const document = await documentOf(comparison);
    expect(measured(document, "Its floor: two real samples of that size")).toEqual(runs.map(emdFloor.of));
    expect(measured(document, "Exact distance, debiased")).toEqual(runs.map(debiasedEmd.of));
    const [settled, heldOut, debiased] = [settledEstimate, heldOutEstimate, debiasedEmd].map(({ of }) => of(runs[1]!)!);
    expect(measured(document, "Settled estimate")).toEqual([settled]);
    expect(measured(document, "The critic's lag: settled less running")).toEqual([settled! - heldOut!]);
    expect(measured(document, "The condition's slack: settled less debiased exact")).toEqual([settled! - debiased!]);
    const withUnit = (table: string, title: RegExp) =>
      all(document, `${table} th`)
        .filter((one) => title.test(textOf(one)))
        .map((one) => textOf(one));
    for (const titles of [
      withUnit(".differences", /estimate,|Exact|floor:|lag|slack/),
      withUnit(".runs", /Exact|floor|Settled|Debiased$/),
    ]) {
      expect(titles.length).toBeGreaterThan(2);
      for (const title of titles)
        expect(title).toMatch(/training units$|is above the floor$|second half|Pearson|Spearman/);
    }
    expect(textOf(document.querySelector(".tile")!)).toMatch(
      /Exact distance\d.*Its floor0\.0200.*In training units: exact distance and its floor/,
    );
  });

  it("have a row for every run", async () => {
    const comparison = comparisonOf({ seeds: [3, 5], losses: ["hinge", "w-sn"], shape: [1] });
    const rows = all(await documentOf(comparison), ".runs tbody tr");
    const values = rows.map((row) => all(row, "data").map((data) => Number(data.getAttribute("value"))));
    expect(values.map(([seed, iterations, seconds]) => ({ seed, iterations, seconds }))).toEqual(
      comparison.results.runs.map(({ seed, iterations, seconds }) => ({ seed, iterations, seconds })),
    );
  });

  it("hold the correlations of estimates and exact distances where there are any", async () => {
    const comparison = comparisonOf({ seeds: [0, 1] });
    const document = await documentOf(comparison);
    for (const [title, figure] of [
      ["Correlation of running and exact, Pearson", estimatePearson.of],
      ["Spearman, second half of the run", lateEstimateSpearman.of],
    ] as const) {
      expect(measured(document, title)).toEqual([expect.closeTo(mean(comparison.results.runs, "w-gp", figure), 12)]);
    }
  });

  it("leave out what no run has", async () => {
    const text = textOf((await documentOf(comparisonOf({ shape: [8, 8, 1] }))).body);
    expect(text).not.toMatch(/Modes captured|Exact Earth mover's distance|Correlation/);
  });
});

describe("what a report finds", () => {
  const findings = (comparison: Comparison) =>
    findingsOf(groupsOf(comparison), comparison).map(({ markup }) =>
      markup.replace(/<[^>]*>/g, "").replace(/\s+/g, " "),
    );
  const withModes = (comparison: Comparison, modes: readonly number[]): Comparison => {
    const runs = comparison.results.runs.map((run, i) => withFigures(run, { modesCaptured: modes[i]! }));
    return { ...comparison, results: { ...comparison.results, runs } };
  };

  it("follows the modes, the most first and equals together", () => {
    const comparison = comparisonOf({ losses: ["bce", "w-clip", "w-gp"] });
    expect(findings(withModes(comparison, [9, 25, 25]))[0]).toBe(
      "W-GP and W-clip captured 25 of 25 modes; BCE 9 of 25.",
    );
    expect(findings(withModes(comparison, [25, 3, 4]))[0]).toBe(
      "BCE captured 25 of 25 modes; W-GP 4 of 25; W-clip 3 of 25.",
    );
  });

  it("follows the distances", () => {
    const comparison = comparisonOf({});
    const runs = comparison.results.runs.map((run, i) => withFigures(run, { emd: [0.8, 0.05][i]! }));
    const sentence = findings({ ...comparison, results: { ...comparison.results, runs } })[1];
    expect(sentence).toContain("W-GP end at an exact Earth mover's distance of 0.0500");
    expect(sentence).toContain("BCE at 0.800, 16 times as far");
  });

  /** The findings of a comparison of BCE, W-GP and W-clip in which some figures of the last evaluation are others. */
  const judged = (
    figures: readonly Parameters<typeof withFigures>[1][],
    losses: readonly string[] = ["bce", "w-gp", "w-clip"],
  ) => {
    const comparison = comparisonOf({ losses });
    const runs = comparison.results.runs.map((run, i) => withFigures(run, figures[i % figures.length]!));
    return findings({ ...comparison, results: { ...comparison.results, runs } }).join(" ");
  };

  it("puts the floor beside exact distances, and orders none that differ by less", () => {
    const at = (emd: number) => ({ emd, emdFloor: 0.45 });
    expect(judged([at(0.762), at(0.8), at(1.9)])).toContain(
      "The samples of BCE and W-GP end at exact Earth mover's distances of 0.762 and 0.800 from the data, which differ by less than " +
        "real samples do; those of W-clip at 1.90, 2.5 times as far (training units). Two real samples of that size are 0.450 apart",
    );
    const all = judged([at(0.762), at(0.8), at(0.9)]);
    expect(all).toContain("BCE, W-GP and W-clip end at exact");
    expect(all).not.toMatch(/times as far|nearest/);
  });

  it("calls what lies between a critic's number and the exact one an error only where it exceeds the floor", () => {
    const figures = { heldOutEstimate: 0.036, settledEstimate: 0.31, emd: 0.762, debiasedEmd: 0.29, emdFloor: 0.45 };
    expect(judged([figures])).toContain(
      "The critic of W-GP estimates that distance at 0.0360, and once settled 0.310, where the exact one is 0.290 debiased (0.762 plain, " +
        "floor 0.450). The critic's lag, running to settled, is 0.274, below the floor and perhaps chance; its condition's slack, debiased " +
        "exact to settled, is 0.0200, below the floor and perhaps chance.",
    );
    const large = judged([{ ...figures, emdFloor: 0.09 }]);
    expect(large).toContain("running to settled, is 0.274; its");
    expect(large).toContain("is 0.0200, below the floor and perhaps chance.");
    // What clipping allows is another scale and no slack.
    expect(large).toMatch(/The critic of W-clip estimates .+ allows some other slope than 1/);
    expect(judged([{ ...figures, settledEstimate: null }])).toContain("They differ by less than the floor");
    expect(judged([{ ...figures, settledEstimate: null, emdFloor: 0.09 }])).toContain("The two differ by 0.254.");
  });

  it("speaks of files that have neither floor nor settled estimate as they are", () => {
    const none = { emdFloor: null, debiasedEmd: null, settledEstimate: null };
    const text = judged([{ ...none, emd: 0.762, heldOutEstimate: 0.036 }]);
    expect(text).toContain("The critic of W-GP estimates that distance at 0.0360 where it is 0.762.");
    expect(text).not.toMatch(/floor|settled|debiased/);
  });

  it("says of how many samples a mean feedback hides that they starve", () => {
    const starvedShares = (shares: readonly (number | null)[]) => {
      const comparison = comparisonOf({});
      const runs = comparison.results.runs.map((run, i) => withFigures(run, { starvedShare: shares[i]! }));
      return findings({ ...comparison, results: { ...comparison.results, runs } }).join(" ");
    };
    expect(starvedShares([0.395, 0.001])).toContain("below 0.001, at the end: 39.5 % of those of BCE.");
    expect(starvedShares([0.001, null])).not.toContain("below 0.001");
  });

  const onTheLine = (losses: readonly string[], drawn: readonly string[]): Comparison => {
    const comparison = comparisonOf({ losses });
    const { curves, ...figure } = comparison.oneDimensional!;
    const renamed = curves.map((curve, i) => ({ ...curve, loss: drawn[i]! }));
    return { ...comparison, oneDimensional: { ...figure, curves: renamed } };
  };

  it("calls a run by its own name where its critic on the line had another penalty, and says which", async () => {
    const comparison = onTheLine(["bce", "w-gp"], ["bce", "w-lp"]);
    expect(findings(comparison).at(-1)).toMatch(/ BCE leaves .+ and W-GP, there with the one-sided penalty, leaves /);
    const document = await documentOf(comparison);
    expect(textOf(document.body)).not.toContain("W-LP");
    const figure = document.querySelector("a[href='pictures/one-dimensional-w-lp.svg']")!.closest("figure")!;
    expect(textOf(figure.querySelector("figcaption")!)).toContain("W-GP with the one-sided penalty");
    const drawing = figure.querySelector("figure > svg")!;
    expect(textOf(drawing)).toContain("W-GP, one-sided penalty");
    const { color } = groupsOf(comparison)[1]!.look;
    expect(drawing.innerHTML).toContain(`stroke="${color}"`);
  });

  it("says on the line nothing of another penalty where the run had that one, and where none was run", () => {
    expect(findings(onTheLine(["w-gp", "w-lp"], ["bce", "w-lp"])).at(-1)).toMatch(
      /BCE, which is not among the runs, leaves .+ and W-LP leaves /,
    );
  });

  it("says which runs stopped, and why", async () => {
    const comparison = comparisonOf({ losses: ["w-none", "w-gp"], seeds: [0, 1], stopped: "w-none" });
    const stopped = findings(comparison).find((finding) => finding.startsWith("Stopped"));
    expect(stopped).toContain("2 of 2 runs of W-none stopped early");
    expect(stopped).toContain(comparison.results.runs[0]!.stopped!);
    expect((await documentOf(comparison)).querySelectorAll(".runs .stopped").length).toBe(2);
  });

  it("speaks of estimates where no distance is exact", () => {
    const text = findings(comparisonOf({ shape: [8, 8, 1] })).join(" ");
    expect(text).toMatch(/W-GP from \d/);
    expect(text).not.toMatch(/mode|exact/);
  });
});

describe("the page", () => {
  it("names what is compared", () => {
    expect(titleOf(groupsOf(comparisonOf({})))).toBe("BCE against W-GP");
    expect(titleOf(groupsOf(comparisonOf({ losses: ["bce", "ls", "w-gp"] })))).toBe("BCE, LS and W-GP");
    expect(titleOf(groupsOf(comparisonOf({ losses: ["bce", "ls", "w-gp", "w-sn"] })))).toBe(
      "Four ways to train a generator",
    );
  });

  const others: [name: string, options: SyntheticOptions][] = [
    ["one run of one evaluation", { losses: ["w-gp"], evaluations: 1 }],
    ["three seeds", { seeds: [0, 1, 2], evaluations: 3, shape: [1] }],
    ["every pairing", { losses: pairingNames(), evaluations: 2, shape: [1] }],
    ["a run that diverged", { losses: ["w-none", "w-gp"], stopped: "w-none", evaluations: 4 }],
    ["images", { shape: [28, 28, 1], evaluations: 3 }],
    ["a table of five columns", { shape: [5], evaluations: 3 }],
  ];
  it.each(others)("can be made of %s, and says no nonsense", async (_name, options) => {
    const text = (await markupOf(comparisonOf(options))).replaceAll(/data:[^"]*/g, "");
    expect([...text.matchAll(/.{0,40}(NaN|undefined|Infinity).{0,40}/g)].map(([found]) => found)).toEqual([]);
  });

  it("shows the figures of the results", async () => {
    const comparison = comparisonOf({});
    const text = textOf((await documentOf(comparison)).body);
    for (const run of comparison.results.runs) {
      expect(text).toContain(formatNumber(emd.of(run)));
      expect(text).toContain(`${modesCaptured.of(run)} of 25`);
      const estimate = heldOutEstimate.of(run);
      if (estimate !== null) expect(text).toContain(formatNumber(estimate));
    }
  });

  it("names no place on the network, and each figure's files by its side", async () => {
    const comparison = comparisonOf({});
    const groups = groupsOf(comparison);
    const figures = await familiesOf(comparison, groups);
    const page = pageOf(comparison, groups, figures);
    expect(page).not.toMatch(/https?:\/\//);
    const loaded = [...page.matchAll(/\b(?:src|href|srcset)\s*=\s*"([^"]*)"/g)].map(([, url]) => url!);
    expect(loaded.filter((url) => !/^(data:|#|pictures\/)/.test(url))).toEqual([]);
    const links = all(parseHTML(page).document, "figure a").map((link) => link.getAttribute("href"));
    const names = [...figures.before, ...figures.after].flatMap((family) => family.figures.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(links).toEqual(names.flatMap((name) => [`pictures/${name}.png`, `pictures/${name}.svg`]));
  });

  it("ends the lines of each seed in a mark of its own", async () => {
    const lines = async (seeds: readonly number[]) => {
      const { after } = await familiesOf(comparisonOf({ seeds }), groupsOf(comparisonOf({ seeds })));
      const figures = after.flatMap((family) => family.figures);
      return figures.find(({ name }) => name === "modes-captured-over-time")!.drawing.svg;
    };
    expect(await lines([3])).not.toContain("seed 3");
    const svg = await lines([3, 5]);
    const { circle, square } = MARK_PATHS;
    expect(svg).toMatch(new RegExp(`<path d="${circle}"[^>]*fill="currentColor".{0,80}seed 3`));
    expect(svg).toMatch(new RegExp(`<path d="${square}"[^>]*fill="currentColor".{0,80}seed 5`));
  });

  it("gives a pairing its mark beside its name, in legends and at the ends of its lines", async () => {
    const comparison = comparisonOf({ seeds: [3] });
    const document = await documentOf(comparison);
    const { after } = await familiesOf(comparison, groupsOf(comparison));
    const { svg } = after.flatMap(({ figures }) => figures).find(({ name }) => name === "feedback-over-time")!.drawing;
    for (const { color, label, mark } of groupsOf(comparison).map(({ look }) => look)) {
      const path = `path[d="${MARK_PATHS[mark]}"][fill="${color}"]`;
      expect(textOf(document.querySelector(`.name:has(${path})`)!), label).toBe(label);
      expect(svg).toContain(`d="${MARK_PATHS[mark]}" transform="translate(14,10.5)" fill="${color}"`);
    }
  });

  it("says in words what debiased and settled mean, and which gap is lag and which slack", async () => {
    const text = textOf((await documentOf(comparisonOf({}))).body);
    expect(text).toContain("EMD(real, fake) − ½ EMD(real, real′) − ½ EMD(fake, fake′)");
    expect(text).toContain(
      "From running to settled is the critic's lag; from debiased exact to settled is its condition's slack",
    );
  });

  it("tells those who do not see a picture what it shows", async () => {
    const drawn = all(await documentOf(comparisonOf({})), "figure > svg");
    expect(drawn.length).toBeGreaterThan(10);
    for (const svg of drawn) expect(svg.getAttribute("aria-label")).toMatch(/\w{3}/);
  });

  it("shows what is in a name, and never runs it", async () => {
    const comparison = comparisonOf({});
    const data = `<script>alert("1")</script>`;
    const document = await documentOf({ ...comparison, results: { ...comparison.results, data } });
    expect(document.querySelectorAll("script").length).toBe(0);
    expect(textOf(document.querySelector(".lead")!)).toContain(data);
  });

  it("escapes all but markup in a template", () => {
    expect(html`<p title="${'"'}">${"<&"}${html`<b>${1}</b>`}${null}${false}${["a", html`<i>b</i>`]}</p>`.markup).toBe(
      '<p title="&quot;">&lt;&amp;<b>1</b>a<i>b</i></p>',
    );
  });
});

it("measures the feedback where nothing is in common at the generated samples", () => {
  const [x, none] = [Float32Array.of(-2, 0, 2), Float32Array.of(0, 0, 0)];
  const curve = { loss: "w-lp", output: "score" as const, values: none, feedback: Float32Array.of(0.25, 7, 9) };
  const figure = { real: Float32Array.of(2), fake: Float32Array.of(-2.1, -1.9, 0.1), x, curves: [curve], optimal: x };
  expect(disjointFeedback(figure)).toEqual([(0.25 + 0.25 + 7) / 3]);
});
