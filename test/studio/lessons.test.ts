import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../src/metrics/metric.js";
import { en } from "../../studio/src/language/en.js";
import { createCourse } from "../../studio/src/lessons/course.js";
import type { LessonName } from "../../studio/src/lessons/lesson.js";
import { LESSONS } from "../../studio/src/lessons/lessons.js";
import type { Seen, SeenSide, Stage } from "../../studio/src/lessons/stage.js";
import { TARGETS } from "../../studio/src/lessons/targets.js";
import type { LineFrame } from "../../studio/src/line/protocol.js";
import { components } from "./sources.js";
import { TINY } from "./tiny.js";

/** In a component that is the same for both sides. */
const SIDE = /\$\{side\}/;

let seconds = 0;
const evaluation = (iteration: number, figures: Evaluation["figures"]): Evaluation => ({
  iteration,
  seconds: seconds++,
  figures,
});

/** A stage that writes down what it is told, and shows what a test puts there. */
function rehearsal() {
  const nothing: SeenSide = { frame: null, evaluation: null };
  const seen = signal<Seen>({
    iteration: 0,
    criticUpdates: 0,
    settings: { ...TINY, left: { loss: "hinge", constraint: "sn" }, right: { loss: "ls", constraint: "none" } },
    sides: { left: nothing, right: nothing },
    line: null,
    isStaged: true,
  });
  const told: string[] = [];
  const put = (change: Partial<Seen>) => {
    seen.value = { ...seen.value, ...change };
  };
  const stage: Stage = {
    lesson: signal(null),
    show: (mode) => told.push(`show ${mode}`),
    begin(settings, prepared) {
      told.push(prepared ? `begin ${prepared}` : "begin");
      put({ settings, iteration: 0, criticUpdates: 0, sides: { left: nothing, right: nothing }, isStaged: true });
    },
    setLayers: (layers) => told.push(`layers ${layers.join(" ")}`),
    setLine: ({ means }) => told.push(`line ${means.real} ${means.fake}`),
    play: (until) => told.push(`play ${until}`),
    pause: () => told.push("pause"),
    step: (what) => told.push(`step ${what}`),
    settleNow: () => told.push("settle"),
    setSpeed: (limit) => told.push(`speed ${limit}`),
    remember: () => {
      told.push("remember");
      return { offer: () => told.push("offer back"), bring: () => told.push("bring back") };
    },
    seen: () => seen.value,
  };
  const course = createCourse(stage);
  const enter = (name: LessonName) => {
    told.length = 0;
    course.go(LESSONS.findIndex((lesson) => lesson.name === name));
  };
  /** Both sides evaluated at an iteration, with these figures. */
  const evaluate = (iteration: number, left: Evaluation["figures"], right: Evaluation["figures"] = {}) => {
    const side = (figures: Evaluation["figures"]): SeenSide => ({
      frame: null,
      evaluation: evaluation(iteration, figures),
    });
    put({ iteration, sides: { left: side(left), right: side(right) } });
  };
  return { course, stage, told, put, seen, enter, evaluate };
}

/** Figures that every lesson finds what it reads among. */
const ALL_FIGURES: Evaluation["figures"] = {
  ...{ value: -0.1, modesCaptured: 5, modesTotal: 8, highQualityShare: 0.1, starvedShare: 0.2 },
  ...{ debiasedEmd: 0.4, emdFloor: 0.1, heldOutEstimate: 0.5, settledEstimate: 0.45 },
};

/** The one-dimensional mode, where both lie so far apart. */
function onLine(distance: number, discriminator: number, updates: number, updatesHere = updates): LineFrame {
  const player = (feedback: number) => ({ feedback, told: feedback, values: new Float32Array() });
  const means = { real: distance / 2, fake: -distance / 2 };
  const frame = { updates, updatesHere, means, distance, estimate: distance };
  return { ...frame, discriminator: player(discriminator), critic: player(1) };
}

const said = (course: ReturnType<typeof rehearsal>["course"]) => course.outcome.value?.sentence(en);

describe("the lessons", () => {
  it("are all that the dictionaries tell of, in their order", () => {
    expect(LESSONS.map(({ name }) => name)).toEqual(Object.keys(en.lessons.course));
  });

  it("ask with two to four answers, of which the lecture's is one", () => {
    for (const { name, lecture } of LESSONS) {
      const answers = Object.keys(en.lessons.course[name].answers);
      expect(answers.length, name).toBeGreaterThanOrEqual(2);
      expect(answers.length, name).toBeLessThanOrEqual(4);
      expect(answers, name).toContain(lecture);
    }
  });

  it("say what stands over each of several formulas", () => {
    const captions: Readonly<Record<string, string>> = en.lessons.captions;
    for (const { formulas } of LESSONS) for (const name of formulas) expect(captions[name], name).toBeTruthy();
  });

  it("can point at everything that they may name: the page's components have it", () => {
    const sources = components()
      .map(({ source }) => source)
      .join("\n");
    const written = [...sources.matchAll(/data-target=(?:"([^"]+)"|\{`([^`]+)`\})/g)]
      .map((match) => match[1] ?? match[2]!)
      .flatMap((name) => (SIDE.test(name) ? ["left", "right"].map((side) => name.replace(SIDE, side)) : name));
    expect([...TARGETS].sort()).toEqual(written.sort());
  });
});

describe("the course", () => {
  it("sets the stage for each lesson whatever the reader had set before, paused", () => {
    const { course, stage, told, seen } = rehearsal();
    for (const [index, lesson] of LESSONS.entries()) {
      told.length = 0;
      course.go(index);
      expect(course.place.value?.lesson).toBe(lesson);
      expect(stage.lesson.value).toBe(index);
      expect(told, lesson.name).toContain(`show ${lesson.mode}`);
      expect(told, lesson.name).not.toContain("play");
      if (lesson.mode === "plane") {
        expect(told, lesson.name).toContain(lesson.prepared ? `begin ${lesson.prepared}` : "begin");
        expect(seen.value.settings, lesson.name).toEqual(lesson.settings);
        expect(told, lesson.name).toContain(`layers ${lesson.layers!.join(" ")}`);
      }
    }
  });

  it("takes no prediction before there is something to compare with, and never another one", () => {
    const { course, enter, evaluate } = rehearsal();
    enter("minimax");
    expect(course.ready.value).toBe(false);
    evaluate(0, { value: -2 });
    expect(course.ready.value).toBe(true);
    course.predict("generator");
    course.predict("discriminator");
    expect(course.prediction.value?.answer).toBe("generator");
  });

  it("tells what came by the page's figures, only after a prediction and once enough was done", () => {
    const { course, enter, evaluate } = rehearsal();
    enter("minimax");
    evaluate(0, { value: -2.19 });
    evaluate(300, { value: -0.01 });
    expect(course.outcome.value).toBeNull();
    enter("minimax");
    evaluate(0, { value: -2.19 });
    course.predict("discriminator");
    evaluate(199, { value: -0.2 });
    expect(course.outcome.value).toBeNull();
    evaluate(200, { value: -0.157 });
    expect(course.outcome.value?.answer).toBe("discriminator");
    expect(said(course)).toContain("from -2.19 to -0.157");
  });

  it("says what the figures say where they are not as the lecture has it", () => {
    const { course, enter, evaluate } = rehearsal();
    enter("minimax");
    evaluate(0, { value: -2.19 });
    course.predict("discriminator");
    evaluate(200, { value: -1.38 });
    expect(course.outcome.value?.answer).toBe("generator");
    expect(course.place.value?.lesson.lecture).toBe("discriminator");
  });

  it("keeps what came, whatever comes then, until the lesson begins again", () => {
    const { course, enter, evaluate, put } = rehearsal();
    enter("minimax");
    evaluate(0, { value: -2 });
    course.predict("generator");
    evaluate(200, { value: -0.1 });
    evaluate(220, { value: -1.38 });
    put({ isStaged: false });
    expect(course.spoiled.value).toBe(false);
    expect(course.outcome.value?.answer).toBe("discriminator");
    expect(said(course)).toContain("from -2 to -0.1");
    course.again();
    expect(course.outcome.value).toBeNull();
    expect(course.prediction.value).toBeNull();
  });

  /** Enters a lesson, makes everything that it measures known and predicts. */
  const predictIn = (stage: ReturnType<typeof rehearsal>, name: LessonName) => {
    const { course, enter, evaluate, put } = stage;
    enter(name);
    const { lesson } = course.place.value!;
    if (lesson.mode === "line") put({ line: onLine(2.4, 0.1, 200) });
    else evaluate(lesson.iteration, {}, {});
    course.predict(lesson.lecture);
    expect(course.spoiled.value, name).toBe(false);
    return lesson;
  };

  it("gives no verdict in any lesson once something was changed that it did not ask for, until it begins again", () => {
    for (const { name } of LESSONS) {
      const stage = rehearsal();
      const { course, enter, put } = stage;
      const { mode, generatorsStand, iteration } = predictIn(stage, name);
      if (mode === "line") put({ line: onLine(4.8, 1e-9, 150) });
      else put({ isStaged: false, criticUpdates: 1000 });
      if (mode === "plane") stage.evaluate(iteration + 1000, ALL_FIGURES, ALL_FIGURES);
      expect(course.spoiled.value, name).toBe(true);
      expect(course.outcome.value, name).toBeNull();
      enter(name);
      expect(course.spoiled.value, name).toBe(false);
      if (!generatorsStand) continue;
      predictIn(stage, name);
      put({ criticUpdates: 1000 });
      stage.evaluate(iteration + 1, ALL_FIGURES, ALL_FIGURES);
      expect(course.spoiled.value, name).toBe(true);
      expect(course.outcome.value, name).toBeNull();
    }
  });

  it("trains as far as an act says, however often it is pressed on the way there", () => {
    const { course, told, enter, evaluate, put } = rehearsal();
    enter("collapse");
    evaluate(1200, { modesCaptured: 3, modesTotal: 8, highQualityShare: 0.5 });
    course.predict("finds");
    told.length = 0;
    const act = LESSONS.find(({ name }) => name === "collapse")!.acts[0]!;
    for (const iteration of [1200, 1399, 1400]) {
      put({ iteration });
      course.act(act);
    }
    expect(told).toEqual(["play 1400", "play 1400", "play 1600"]);
  });

  it("tells whether a prepared state has collapsed, by what is measured of it", () => {
    const { course, enter, evaluate } = rehearsal();
    enter("collapse");
    const { begins } = course.place.value!.lesson;
    expect(begins(course.stage.seen())).toBeNull();
    const good = { modesTotal: 8, highQualityShare: 0.49 };
    evaluate(1200, { ...good, modesCaptured: 3 }, { ...good, modesCaptured: 8 });
    const says = begins(course.stage.seen())?.(en);
    expect(says).toContain("at iteration 1,200");
    expect(says).toContain("3 of 8 modes are captured and 49% of the fakes are good");
  });

  it("takes a silent discriminator as a vanishing gradient, by the distance that the reader has made", () => {
    const { course, enter, put } = rehearsal();
    enter("saturation");
    put({ line: onLine(2, 0.02, 100) });
    course.predict("vanishes");
    put({ line: onLine(2.5, 0.001, 300) });
    expect(course.outcome.value).toBeNull();
    put({ line: onLine(4, 0.015, 320, 20) });
    expect(course.outcome.value).toBeNull();
    put({ line: onLine(4, 1e-6, 400) });
    expect(course.outcome.value?.answer).toBe("vanishes");
  });

  it("tells a settled estimate from the distance by the floor", () => {
    const answers = [0.45, 0.7, 0.2].map((settledEstimate) => {
      const { course, enter, evaluate } = rehearsal();
      enter("estimate");
      const figures = { heldOutEstimate: 0.5, debiasedEmd: 0.4, emdFloor: 0.1 };
      evaluate(100, {}, figures);
      course.predict("equals");
      evaluate(100, {}, { ...figures, settledEstimate });
      return course.outcome.value?.answer;
    });
    expect(answers).toEqual(["equals", "above", "below"]);
  });

  it("holds the left critic in each way from the start, by the same number of steps, whatever was changed before", () => {
    const { course, stage, told, seen, enter, put } = rehearsal();
    enter("condition");
    put({ settings: { ...stage.seen().settings, seed: 7 } });
    for (const act of course.place.value!.lesson.ways!) {
      told.length = 0;
      course.act(act);
      expect(told[0]).toBe("begin");
      expect(told.filter((word) => word === "step critic").length).toBe(100);
    }
    expect(seen.value.settings.left).toEqual({ loss: "wasserstein", constraint: "orth" });
    expect(seen.value.settings.right).toEqual({ loss: "wasserstein", constraint: "gp" });
    expect(seen.value.settings.seed).toBe(0);
  });

  it("brings back what was before the first lesson after the last one, and offers it where it is left before that", () => {
    const { course, stage, told } = rehearsal();
    course.go(0);
    expect(told[0]).toBe("remember");
    told.length = 0;
    course.go(LESSONS.length - 1);
    expect(told).not.toContain("remember");
    told.length = 0;
    course.go(LESSONS.length);
    expect(course.place.value).toBeNull();
    expect(stage.lesson.value).toBeNull();
    expect(told).toEqual(["bring back"]);
    course.go(3);
    told.length = 0;
    course.leave();
    expect(told).toEqual(["offer back"]);
  });
});
