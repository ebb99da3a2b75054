import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { en } from "../../studio/src/language/en.js";
import { createCourse } from "../../studio/src/lessons/course.js";
import { STEPS, type StepName } from "../../studio/src/lessons/lessons.js";
import type { Seen, Stage } from "../../studio/src/lessons/stage.js";
import { TARGETS } from "../../studio/src/lessons/targets.js";
import type { Settings } from "../../studio/src/settings/settings.js";
import { components } from "./sources.js";
import { TINY } from "./tiny.js";

const SETTINGS: Settings = {
  ...TINY,
  data: "moons",
  left: { loss: "hinge", constraint: "sn" },
  right: { loss: "ls", constraint: "none" },
};

/** In a component that is the same for both sides. */
const SIDE = /\$\{side\}/;

/** A stage that writes down what it is told, and what the page would show then. */
function rehearsal() {
  const seen = signal<Seen>({
    iteration: 0,
    criticUpdates: 0,
    layers: [],
    settings: SETTINGS,
    latest: { left: null, right: null },
    line: null,
  });
  const told: string[] = [];
  const put = (change: Partial<Seen>) => {
    seen.value = { ...seen.value, ...change };
  };
  const stage: Stage = {
    show: (mode) => told.push(`show ${mode}`),
    apply: (patch) => {
      told.push("apply");
      put({ settings: { ...seen.value.settings, ...patch } });
    },
    restart: () => {
      told.push("restart");
      put({ iteration: 0, criticUpdates: 0 });
    },
    setLayers: (layers) => put({ layers }),
    play: () => told.push("play"),
    pause: () => told.push("pause"),
    setSpeed: (limit) => told.push(`speed ${limit}`),
    remember: () => {
      told.push("remember");
      return () => told.push("offer back");
    },
    seen: () => seen.value,
  };
  const course = createCourse(stage);
  /** Goes to a step by its name; what the stage is told. */
  const enter = (name: StepName) => {
    told.length = 0;
    course.go(STEPS.findIndex((step) => step.name === name));
    return [...told];
  };
  return { course, told, put, seen, enter };
}

describe("the steps of the tour", () => {
  it("are all that the dictionaries tell of, in their order", () => {
    expect(STEPS.map(({ name }) => name)).toEqual(Object.keys(en.lessons.steps));
  });

  it("have a word for what has been done exactly where that can be told", () => {
    const steps: Record<string, object> = en.lessons.steps;
    for (const { name, done } of STEPS) expect("done" in steps[name]!, name).toBe(done !== undefined);
  });

  it("can point at everything that they may name: the page's components have it", () => {
    const sources = components()
      .map(({ source }) => source)
      .join("\n");
    const written = [...sources.matchAll(/data-target=(?:"([^"]+)"|\{`([^`]+)`\})/g)]
      .map((match) => match[1] ?? match[2]!)
      .flatMap((name) => (SIDE.test(name) ? ["left", "right"].map((side) => name.replace(SIDE, side)) : name));
    expect(TARGETS.filter((target) => !written.includes(target))).toEqual([]);
  });
});

describe("a course through the tour", () => {
  it("sets the stage for each step whatever the reader had set before", () => {
    const { course, told, seen } = rehearsal();
    for (const [index, step] of STEPS.entries()) {
      told.length = 0;
      course.go(index);
      expect(course.place.value?.step).toBe(step);
      expect(
        told.find((word) => word !== "remember"),
        step.name,
      ).toBe(`show ${step.mode}`);
      expect(told.at(-1), step.name).toBe(step.runs);
      if (step.settings) expect(seen.value.settings, step.name).toMatchObject(step.settings);
      if (step.layers) expect(seen.value.layers, step.name).toEqual(step.layers);
    }
    expect(STEPS.filter(({ settings }) => settings).length).toBeGreaterThan(7);
  });

  it("begins a fresh step anew, but not a run that has not begun", () => {
    const { put, enter } = rehearsal();
    expect(enter("minimax")).not.toContain("restart");
    put({ iteration: 40, criticUpdates: 120 });
    expect(enter("minimax")).toContain("restart");
    put({ iteration: 40, criticUpdates: 120 });
    expect(enter("terms")).not.toContain("restart");
  });

  it("slows down where a step says so, and only there", () => {
    const { enter } = rehearsal();
    expect(enter("terms")).toContain("speed 2");
    expect(enter("collapse")).toContain("speed null");
  });

  it("sees what the reader does, and keeps it for as long as the step lasts", () => {
    const { course, put, enter } = rehearsal();
    enter("minimax");
    expect(course.done.value).toBe(false);
    put({ criticUpdates: 3 });
    expect(course.done.value).toBe(false);
    put({ criticUpdates: 6, iteration: 1 });
    expect(course.done.value).toBe(true);
    put({ criticUpdates: 0, iteration: 0 });
    expect(course.done.value).toBe(true);
    enter("collapse");
    expect(course.done.value).toBe(false);
  });

  it("takes a change of the condition or of lambda as done, not the step's own settings", () => {
    const { course, put, enter, seen } = rehearsal();
    enter("condition");
    expect(course.done.value).toBe(false);
    put({ settings: { ...seen.value.settings, left: { loss: "wasserstein", constraint: "gp" } } });
    expect(course.done.value).toBe(true);
    enter("penalty");
    expect(course.done.value).toBe(false);
    put({ settings: { ...seen.value.settings, more: { lambda: 3 } } });
    expect(course.done.value).toBe(true);
  });

  it("offers choices that set what the step asks for, and one of them is how the step begins", () => {
    for (const { name, choices } of STEPS) {
      if (!choices) continue;
      const { course, enter } = rehearsal();
      enter(name);
      const begins = course.stage.seen().settings;
      const isSet = (patch: Partial<Settings>) => JSON.stringify({ ...begins, ...patch }) === JSON.stringify(begins);
      expect(choices.filter((choice) => isSet(choice.settings)).length, name).toBe(1);
      const others = choices.filter((choice) => !isSet(choice.settings));
      course.stage.apply(others[0]!.settings);
      expect(course.done.value, name).toBe(true);
    }
  });

  it("takes a silent discriminator beside a critic that speaks as saturation", () => {
    const { course, put, enter } = rehearsal();
    const player = (feedback: number) => ({ feedback, told: feedback, values: new Float32Array() });
    const line = {
      updates: 0,
      means: { real: 1, fake: -1 },
      distance: 2,
      estimate: 2,
      critic: player(1),
    };
    enter("saturation");
    put({ line: { ...line, discriminator: player(0.01) } });
    expect(course.done.value).toBe(false);
    put({ line: { ...line, discriminator: player(1e-9) } });
    expect(course.done.value).toBe(true);
  });

  it("ends after the last step, leaves the page as it is, and offers what was before the first", () => {
    const { course, told } = rehearsal();
    course.go(0);
    expect(told[0]).toBe("remember");
    told.length = 0;
    course.go(STEPS.length - 1);
    expect(told).not.toContain("remember");
    told.length = 0;
    course.go(STEPS.length);
    expect(course.place.value).toBeNull();
    expect(course.done.value).toBe(false);
    expect(told).toEqual(["offer back"]);
  });
});
