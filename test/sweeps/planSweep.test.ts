import { describe, expect, it } from "vitest";
import { otherPlan, planSweep, type SweepAsked } from "../../src/sweeps/planSweep.js";
import { choiceOf } from "../../src/sweeps/settingChoice.js";

const asked: SweepAsked = {
  data: "ring",
  losses: ["w-gp", "w-clip"],
  seeds: [0, 1],
  settings: { width: 8, depth: 1, batch: 16, iterations: 2, evaluateEvery: 2, settle: 0 },
  choices: { lambda: choiceOf("lambda", "0.1,1,10") },
};

describe("a plan", () => {
  it("has a run for each combination, loss and seed, once where a setting has no effect", async () => {
    const { plan, merged, warnings } = await planSweep(asked, "sweeps/lambda");
    expect(plan.runs.map(({ name, settings, config: { loss, seed } }) => [name, loss, seed, settings.lambda])).toEqual([
      ["0-w-gp-seed-0", "w-gp", 0, 0.1],
      ["1-w-gp-seed-1", "w-gp", 1, 0.1],
      ["2-w-clip-seed-0", "w-clip", 0, undefined],
      ["3-w-clip-seed-1", "w-clip", 1, undefined],
      ["4-w-gp-seed-0", "w-gp", 0, 1],
      ["5-w-gp-seed-1", "w-gp", 1, 1],
      ["6-w-gp-seed-0", "w-gp", 0, 10],
      ["7-w-gp-seed-1", "w-gp", 1, 10],
    ]);
    expect(merged).toBe(4);
    expect(warnings).toEqual([expect.stringMatching(/^w-clip: lambda has no effect here/)]);
    expect(plan.id).toMatch(/^lambda-[0-9a-f]{8}$/);
  });

  it("is the same of the same, and says how another differs", async () => {
    const [one, same] = [await planSweep(asked, "a"), await planSweep(asked, "a")];
    expect(otherPlan(one.plan, same.plan)).toBeUndefined();
    const wider = await planSweep({ ...asked, settings: { ...asked.settings, width: 9 } }, "a");
    expect(otherPlan(one.plan, wider.plan)).toBe("of run 0 width is 8 there and 9 here");
    const more = await planSweep({ ...asked, seeds: [0] }, "a");
    expect(otherPlan(one.plan, more.plan)).toBe("it has 8 runs there and 4 here");
    const moons = await planSweep({ ...asked, data: "moons" }, "a");
    expect(otherPlan(one.plan, moons.plan)).toBe("its data is not the same");
  });

  it.each<[string, Partial<SweepAsked>, RegExp]>([
    ["a value out of range", { choices: { lambda: choiceOf("lambda", "1,-1") } }, /^lambda cannot be -1/],
    ["a value of another kind", { choices: { latent: choiceOf("latent", "2,long") } }, /^latent cannot be "long"/],
    ["a loss that there is not", { losses: ["w-gq"] }, /Did you mean/],
    ["no evaluations", { settings: { evaluateEvery: 0 } }, /evaluateEvery cannot be 0/],
    ["a setting given twice", { settings: { lambda: 1 } }, /lambda is given twice/],
    ["standard input", { data: "-" }, /read once: give a file/],
    ["too many runs", { random: { count: 1_000_000, seed: 0 } }, /4000000 runs, and a sweep has 10000 at most/],
  ])("%s is refused before anything begins", async (_, other, sentence) => {
    await expect(planSweep({ ...asked, ...other }, "a")).rejects.toThrow(sentence);
  });
});
