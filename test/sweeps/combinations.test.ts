import { describe, expect, it } from "vitest";
import { drawnOf, gridOf, gridSize } from "../../src/sweeps/combinations.js";
import { choiceOf, settingNamed, settingValue } from "../../src/sweeps/settingChoice.js";

describe("a choice", () => {
  it("is a list or a range, of a setting called as on the command line or as in a configuration", () => {
    expect(settingNamed("learning-rate")).toBe("learningRate");
    expect(settingNamed("criticSteps")).toBe("criticSteps");
    expect(choiceOf("lambda", "0.1, 1,10,1")).toEqual({ values: [0.1, 1, 10] });
    expect(choiceOf("learningRate", "1e-5..1e-3")).toEqual({ range: { from: 1e-5, to: 1e-3, isWhole: false } });
    expect(choiceOf("width", "16..64")).toEqual({ range: { from: 16, to: 64, isWhole: true } });
    expect(choiceOf("network", "mlp,resnet")).toEqual({ values: ["mlp", "resnet"] });
  });

  it("has values of the setting's kind", () => {
    expect(settingValue("warmUp", "25:100")).toEqual({ iterations: 25, criticSteps: 100 });
    expect(settingValue("warmUp", "none")).toBeNull();
    expect(settingValue("conditional", "yes")).toBe(true);
    expect(settingValue("epochs", "3")).toBe(3);
  });

  it.each([
    ["lambda", "1,,2", /values such as/],
    ["lambda", "3..1", /from a number to a larger one/],
    ["lambda", "a..b", /from a number to a larger one/],
    ["network", "1..2", /a setting that is a number/],
    ["width", "1.5..3", /whole numbers/],
  ])("%s=%s is refused", (name, text, sentence) => {
    expect(() => choiceOf(name, text)).toThrow(sentence);
  });

  it.each([
    ["lamda", /Did you mean lambda\?/],
    ["seed", /--seeds/],
    ["loss", /--losses/],
    ["data", /--data/],
  ])("of %s is refused with what to do", (name, sentence) => {
    expect(() => settingNamed(name)).toThrow(sentence);
  });
});

describe("combinations", () => {
  const choices = { lambda: choiceOf("lambda", "0.1,1,10"), width: choiceOf("width", "64,128") };

  it("of a grid are all, those of the last setting changing first", () => {
    expect(gridSize(choices)).toBe(6);
    expect(gridOf(choices).map(({ lambda, width }) => [lambda, width])).toEqual([
      [0.1, 64],
      [0.1, 128],
      [1, 64],
      [1, 128],
      [10, 64],
      [10, 128],
    ]);
    expect(gridOf({})).toEqual([{}]);
    expect(() => gridOf({ lambda: choiceOf("lambda", "1..2") })).toThrow(/give --random N/);
  });

  it("that are drawn are the same of a seed, and the first ones of any number", () => {
    const ranges = { ...choices, learningRate: choiceOf("learningRate", "1e-5..1e-3") };
    expect(drawnOf(ranges, 5, 1)).toEqual(drawnOf(ranges, 20, 1).slice(0, 5));
    expect(drawnOf(ranges, 5, 1)).not.toEqual(drawnOf(ranges, 5, 2));
  });

  it("fill a range that spans more than a factor of 10 by its logarithm, and others evenly", () => {
    const ranges = {
      learningRate: choiceOf("learningRate", "1e-5..1e-1"),
      lambda: choiceOf("lambda", "1..3"),
      width: choiceOf("width", "8..800"),
      criticSteps: choiceOf("criticSteps", "1..3"),
    };
    const drawn = drawnOf(ranges, 4000, 0);
    const share = (holds: (one: (typeof drawn)[number]) => boolean) => drawn.filter(holds).length / drawn.length;
    expect(share(({ learningRate }) => Number(learningRate) < 1e-3)).toBeCloseTo(0.5, 1);
    expect(share(({ lambda }) => Number(lambda) < 2)).toBeCloseTo(0.5, 1);
    expect(share(({ width }) => Number(width) < 80)).toBeCloseTo(0.5, 1);
    for (const steps of [1, 2, 3]) expect(share(({ criticSteps }) => criticSteps === steps)).toBeCloseTo(1 / 3, 1);
    expect(drawn.every(({ width }) => Number.isInteger(width) && Number(width) >= 8 && Number(width) <= 800)).toBe(
      true,
    );
    expect(share(({ width }) => width === 8)).toBeGreaterThan(
      share(({ width }) => Number(width) > 400 && Number(width) < 409),
    );
  });
});
