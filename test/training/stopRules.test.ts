import { describe, expect, it } from "vitest";
import { fromArray } from "../../src/data/memory.js";
import { grid } from "../../src/data/points.js";
import type { Evaluation } from "../../src/metrics/metric.js";
import { metric } from "../../src/metrics/metric.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { checkStopRules, patience, reasonToStop, type StopRule, stopWhen } from "../../src/training/stopRules.js";
import { type TrainEvent, type TrainOptions, train } from "../../src/training/train.js";

/** Evaluations each hundred iterations. */
const withEmd = (...values: (number | undefined)[]): Evaluation[] =>
  values.map((emd, i) => ({ iteration: 100 * i, seconds: i, figures: emd === undefined ? { value: 1 } : { emd } }));

describe("a condition", () => {
  it("ends a training at the evaluation that has it, and says why", () => {
    const rule = [stopWhen("emd < 0.05")];
    expect(reasonToStop(rule, withEmd(0.04, 0.06))).toBeUndefined();
    expect(reasonToStop(rule, withEmd(0.3, 0.05))).toBeUndefined();
    expect(reasonToStop(rule, withEmd(0.3, 0.043217))).toBe("emd is 0.04322, below 0.05");
    expect(reasonToStop([stopWhen("emd>1e1")], withEmd(11))).toBe("emd is 11, above 10");
    expect(reasonToStop(rule, withEmd(0.3, Number.NaN))).toBeUndefined();
  });

  it.each(["emd", "emd=1", "emd<", "emd<x", "<1", "emd<=1", "emd<1,value>2", ""])("cannot be %j", (text) => {
    expect(() => stopWhen(text)).toThrow(/it must be a figure, < or >, and a number/);
    const settings = { data: "grid", loss: "w-gp", stopWhen: text };
    expect(() => resolveConfig(settings, grid())).toThrow(/stopWhen cannot be .*: it must be a figure/);
  });
});

describe("patience", () => {
  it("ends a training when so many evaluations have brought no new best, equal ones included", () => {
    const rule = [patience(3, "emd")];
    expect(reasonToStop(rule, withEmd(5, 4, 4, 6))).toBeUndefined();
    expect(reasonToStop(rule, withEmd(5, 4, 4, 6, 4))).toBe(
      "emd has had no new best for 3 evaluations, since 4 at iteration 100",
    );
    expect(reasonToStop(rule, withEmd(5, 4, 4, 6, 3.9))).toBeUndefined();
    expect(reasonToStop(rule, withEmd(Number.NaN, Number.NaN, Number.NaN, Number.NaN))).toBeUndefined();
  });

  it("takes what is better for better", () => {
    const of = (name: string, ...values: number[]) =>
      values.map((value, i) => ({ iteration: i, seconds: 0, figures: { [name]: value } }));
    expect(reasonToStop([patience(1, "tableShape")], of("tableShape", 0.5, 0.6))).toBeUndefined();
    expect(reasonToStop([patience(1, "tableShape")], of("tableShape", 0.6, 0.5))).toMatch(
      /^tableShape .* 1 evaluation,/,
    );
    expect(reasonToStop([patience(1, "pictureSpread")], of("pictureSpread", 0.5, 0.9))).toBeUndefined();
    expect(reasonToStop([patience(1, "pictureSpread")], of("pictureSpread", 0.9, 1.2))).toMatch(/since 0.9/);
  });

  it("goes by the main figure of what is measured where none is named", () => {
    expect(reasonToStop([patience(1)], withEmd(1, 2))).toMatch(/^emd /);
    const both = [0.2, 0.1].map((tableDetection, i) => ({
      iteration: i,
      seconds: 0,
      figures: { tableDetection, emd: 1 },
    }));
    expect(reasonToStop([patience(1)], both)).toMatch(/^tableDetection /);
  });
});

describe("figures that a rule may go by", () => {
  it("are measured, and one number; others are refused with the names", () => {
    const check = (rule: StopRule) => () => checkStopRules([rule]);
    expect(check(stopWhen("emdd<1"))).toThrow(/no figure "emdd" .* Did you mean emd\? Known: value, .*, emd, /);
    for (const odd of ["realScoreRange", "criticLag", "estimatePearson"])
      expect(check(stopWhen(`${odd}<1`))).toThrow(`no figure "${odd}"`);
    expect(check(patience(2, "feedback"))).toThrow(/feedback has no better and worse/);
    expect(check(stopWhen("feedback<1e-6"))).not.toThrow();
  });
});

describe("a training with rules", () => {
  // Of too many dimensions for exact distances, which take long.
  const data = fromArray({ shape: [60, 5], data: createRng(0).normals(5 * 60) });
  async function trained(rules: readonly StopRule[], more: Partial<TrainOptions> = {}): Promise<TrainEvent[]> {
    const tiny = { width: 8, depth: 1, batch: 16, criticSteps: 1, iterations: 8, evaluateEvery: 2, settle: 0 };
    const config = resolveConfig({ data: "five", loss: "w-gp", ...tiny }, data);
    const events: TrainEvent[] = [];
    const options = { ...trainOptions(config, data), threads: 1, stopRules: rules, checkpointEvery: 8, ...more };
    for await (const event of train(options)) events.push(event);
    return events;
  }
  const endOf = (events: readonly TrainEvent[]) => {
    const last = events.at(-1);
    return last?.type === "end" ? { iteration: last.progress.iteration, reason: last.reason } : last?.type;
  };

  it("ends at an evaluation, with a checkpoint, never before its first iteration and not at its last", async () => {
    const events = await trained([stopWhen("slopeMax>0")]);
    expect(endOf(events)).toEqual({ iteration: 2, reason: expect.stringMatching(/^slopeMax is .*, above 0$/) });
    expect(events.slice(-3).map(({ type }) => type)).toEqual(["evaluation", "checkpoint", "end"]);
    expect(endOf(await trained([stopWhen("slopeMax>0")], { iterations: 2 }))).toEqual({ iteration: 2 });
  });

  it("ends at once where it is resumed at such an evaluation, and goes on where its rules let it", async () => {
    const [end] = (await trained([stopWhen("slopeMax>0")])).slice(-1);
    const resume = end?.type === "end" ? end.progress : undefined;
    expect((await trained([stopWhen("slopeMax>0")], { resume })).map(({ type }) => type)).not.toContain("step");
    expect(endOf(await trained([], { resume }))).toEqual({ iteration: 8 });
  });

  it("goes by a metric and a rule of the user's own", async () => {
    const counted = metric({ name: "counted", title: "", summary: "", measure: ({ iteration }) => iteration });
    const third: StopRule = {
      figure: "counted",
      reason: (history) => (history.length > 3 ? "it is enough" : undefined),
    };
    expect(endOf(await trained([third], { metrics: [counted] }))).toEqual({ iteration: 6, reason: "it is enough" });
  });

  it("is refused where nothing is evaluated, or its evaluations lack the figure", async () => {
    await expect(trained([patience(2)], { evaluateEvery: 0 })).rejects.toThrow(/evaluateEvery cannot be 0 here/);
    await expect(trained([stopWhen("tableShape>0.9")])).rejects.toThrow(
      /^The evaluations of this run have no figure "tableShape" .*Known: value, /,
    );
  });

  it("ends all ranks together, though the first alone evaluates", async () => {
    let asked = 0;
    const allReduce = async (numbers: Float32Array) => {
      // Whether a rank was told to stop is asked before each iteration, whether a rule ends it after every second one.
      if (numbers.length === 1) numbers[0] = ++asked === 3 ? 1 : 0;
    };
    expect(endOf(await trained([stopWhen("slopeMax>0")], { ranks: { rank: 1, size: 2, allReduce } }))).toEqual({
      iteration: 2,
    });
  });
});
