import { describe, expect, it } from "vitest";
import type { JudgeResults, Score, Scores } from "../../../src/judge/results.js";
import { percent } from "../../../src/report/judge/bars.js";
import { levelOf } from "../../../src/report/judge/levels.js";
import { alarmOf, sentenceOf, verdictOf } from "../../../src/report/judge/sentences.js";
import { valueStyleOf } from "../../../src/report/judge/values.js";
import { judgedResults } from "./judgedTables.js";

const exact = (value: number): Score => ({ value, low: value, high: value });
const scores = (synthetic: number, independent: number, real: number): Scores => ({
  synthetic: exact(synthetic),
  independent: exact(independent),
  real: exact(real),
});

/** Results all of whose questions have one score. */
function withScores(score: Scores, of: Partial<Record<string, Scores>> = {}): JudgeResults {
  const results = judgedResults();
  const changed = Object.entries(results).map(([name, value]) =>
    value !== null && typeof value === "object" && "score" in value
      ? [name, { ...value, score: of[name] ?? score }]
      : [name, value],
  );
  return Object.fromEntries(changed);
}

describe("a level", () => {
  it("is that of real rows where the interval reaches theirs", () => {
    expect(levelOf("trend", { ...scores(0.9, 0, 0.95), synthetic: { value: 0.9, low: 0.8, high: 0.95 } })).toBe("real");
    expect(levelOf("trend", scores(0.9, 0, 0.95))).toBe("close");
  });

  it("is else how much of the way from independent columns to real rows was gone", () => {
    const level = (score: number) => levelOf("detection", scores(score, 0.2, 0.7));
    expect([0.19, 0.34, 0.36, 0.59, 0.61, 0.69].map(level)).toEqual([
      "weak",
      "weak",
      "partly",
      "partly",
      "close",
      "close",
    ]);
  });

  it("is else the shortfall of real rows, where independent columns do as well or say nothing", () => {
    const expected = ["weak", "partly", "partly", "close", "real"];
    const level = (score: number) => levelOf("trend", scores(score, 0.97, 0.99));
    expect([0.8, 0.85, 0.93, 0.95, 0.99].map(level)).toEqual(expected);
    const privacy = (score: number) => levelOf("privacy", scores(score, 0.5, 0.99));
    expect([0.8, 0.85, 0.93, 0.95, 0.99].map(privacy)).toEqual(expected);
  });
});

describe("the verdict", () => {
  const good = scores(0.95, 0.1, 0.99);
  const bad = scores(0.2, 0.1, 0.99);

  it("names the first thing that a reader would see", () => {
    expect(verdictOf(withScores(scores(0.99, 0.1, 0.99)))).toBe("As good as real data, by every question asked");
    expect(verdictOf(withScores(good))).toBe("A close stand-in for the real data");
    expect(verdictOf(withScores(good, { shape: bad, trend: bad }))).toMatch(/^Visibly different/);
    expect(verdictOf(withScores(good, { trend: bad, detection: bad }))).toMatch(/^Right column by column, not in/);
    expect(verdictOf(withScores(good, { trend: scores(0.7, 0.1, 0.99) }))).toMatch(
      /^Right column by column, only in part/,
    );
    expect(verdictOf(withScores(good, { detection: bad }))).toMatch(/still to be told from real data$/);
    expect(verdictOf(withScores(good, { utility: bad }))).toMatch(/teaches less$/);
  });

  it("does not hide that rows may be given away", () => {
    const results = withScores(good, { privacy: bad });
    expect(verdictOf(results)).toBe("A close stand-in for the real data");
    expect(alarmOf(results)).toMatch(/real data away/);
    expect(sentenceOf(results, "privacy")).toMatch(/^Rows of the real data may be given away; .*"Closer to training/);
    expect(alarmOf(withScores(good))).toBeNull();
    expect(sentenceOf(withScores(good), "privacy")).toMatch(/^Little more of the original rows shows .* of 2 measures/);
    expect(sentenceOf(withScores(scores(0.99, 0.1, 0.99)), "privacy")).toMatch(/^None of 2 measures/);
  });

  it("does not judge what was skipped", () => {
    const skipped = { skipped: "No." };
    const results = { ...withScores(good), detection: skipped, privacy: skipped };
    expect(verdictOf(results)).toMatch(/^Nothing speaks against it, but whether it can be told .* was not answered$/);
    expect(verdictOf({ ...results, shape: { ...results.shape, score: bad } })).toMatch(/^Visibly different/);
    expect(alarmOf(results)).toBeNull();
    expect(sentenceOf(results, "detection")).toBe("No.");
  });
});

describe("sentences", () => {
  it("name the worst columns and pairs with their scores, more of them where it is bad", () => {
    const [good, bad] = [withScores(scores(0.99, 0.1, 0.99)), withScores(scores(0.2, 0.1, 0.99))];
    expect(sentenceOf(good, "shape")).toMatch(/furthest off is "age" \(0\.800\)\.$/);
    expect(sentenceOf(bad, "shape")).toMatch(/most of all "age" \(0\.800\), "gain" \(0\.815\), "income" \(0\.830\)\.$/);
    expect(sentenceOf(good, "trend")).toMatch(/furthest off is "age" with "gain" \(0\.700\)\.$/);
    expect(sentenceOf(bad, "trend")).toMatch(/least of all "age" with "gain" \(0\.700\), "gain" with "income"/);
  });

  it("give distances, their floor and the p-value; areas, and who gave them away", () => {
    const results = judgedResults();
    expect(sentenceOf(results, "distance")).toMatch(
      /0\.410 from real ones, where real rows lie 0\.290 .* is more than chance \(p = 0\.010\)/,
    );
    expect(sentenceOf(results, "detection")).toMatch(/tells most of .*AUC 0\.795.* What gives most away is "age"\.$/);
    expect(sentenceOf(results, "utility")).toMatch(/predicts "sex" with AUC 0\.874 .* with 0\.912\.$/);
  });
});

describe("values", () => {
  const range: [number, number] = [0, 1];
  const format = [{ pattern: "yyyy-MM-dd", weight: 1, offset: 0 }];
  const common = { name: "x", missing: [], range };

  it("are written as what they are", () => {
    const date = valueStyleOf({ ...common, type: "date", formats: format, step: "day" });
    expect([date.text(19_000), date.difference(1.5)]).toEqual(["2022-01-08", "1.50 days"]);
    const timestamp = valueStyleOf({ ...common, type: "timestamp", formats: format, step: 1 });
    expect([timestamp.text(1.7e12), timestamp.difference(7.2e6)]).toEqual(["2023-11-14 22:13:20", "2.00 hours"]);
    const time = valueStyleOf({ ...common, type: "time", formats: format, step: 1 });
    expect([time.text(3725), time.text(59.5), time.tick(43_200), time.difference(90)]).toEqual([
      "01:02:05",
      "00:00:59.500",
      "12:00",
      "1.50 minutes",
    ]);
    expect(time.ticks?.(30_000, 70_000)).toEqual([32_400, 43_200, 54_000, 64_800]);
    const number = valueStyleOf(undefined);
    expect([number.text(-0.30000000000000004), number.tick(2014), number.tick(125_000), number.tick(-0.25)]).toEqual([
      "−0.3",
      "2014",
      "125K",
      "−0.25",
    ]);
  });

  it("are percentages that never round what occurs to nothing", () => {
    expect([0, 0.0001, 0.0123, 0.5, 1].map(percent)).toEqual(["0 %", "<0.1 %", "1.2 %", "50 %", "100 %"]);
  });
});
