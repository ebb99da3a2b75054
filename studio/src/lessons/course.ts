import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Act, LEARNED, type Lesson, type Outcome } from "./lesson.js";
import { LESSONS } from "./lessons.js";
import type { Remembered, Seen, Stage } from "./stage.js";

/** Where a reader is in the course. */
export interface Place {
  readonly index: number;
  readonly lesson: Lesson;
}

/** An answer that the reader has committed to. */
export interface Prediction {
  readonly answer: string;
  /** The page as it was then. */
  readonly before: Seen;
}

/** The course of lessons: each sets the stage as it is entered, takes a prediction, and tells what came. */
export interface Course {
  readonly lessons: readonly Lesson[];
  readonly stage: Stage;
  /** `null` where no lesson is under way. */
  readonly place: ReadonlySignal<Place | null>;
  /** Whether what a prediction is about is measured. */
  readonly ready: ReadonlySignal<boolean>;
  /** It stands until the lesson begins again. */
  readonly prediction: ReadonlySignal<Prediction | null>;
  /** What came, by the first figures that tell: it stays as it is then. `null` before there is a prediction, and until enough was done. */
  readonly outcome: ReadonlySignal<Outcome | null>;
  /** Whether the page is no longer as the lesson set it, so that nothing can come of a prediction until the lesson begins again. */
  readonly spoiled: ReadonlySignal<boolean>;
  /** Goes to a lesson and sets its stage, also where it is the same one. After the last one the page is as it was before the course. */
  go(index: number): void;
  predict(answer: string): void;
  act(act: Act): void;
  /** Begins the lesson that is under way again. */
  again(): void;
  /** The stage stays as it is, for the reader to go on with; how it was before the first lesson is offered. */
  leave(): void;
}

export function createCourse(stage: Stage, lessons: readonly Lesson[] = LESSONS): Course {
  const place = signal<Place | null>(null);
  const prediction = signal<Prediction | null>(null);
  const outcome = signal<Outcome | null>(null);
  const spoiled = computed(() => {
    if (place.value === null || outcome.value !== null) return false;
    return isSpoiled(place.value.lesson, stage.seen(), prediction.value);
  });
  /** The iteration that an act trains to. */
  let until = 0;
  let before: Remembered | undefined;

  effect(() => {
    if (!place.value || !prediction.value || outcome.value || spoiled.value) return;
    outcome.value = place.value.lesson.check(stage.seen(), prediction.value.before);
  });

  function enter(next: Place | null): void {
    until = 0;
    batch(() => {
      prediction.value = null;
      outcome.value = null;
      place.value = next;
      stage.lesson.value = next?.index ?? null;
    });
  }
  function begin(index: number, lesson: Lesson): void {
    batch(() => {
      set(stage, lesson);
      enter({ index, lesson });
    });
  }
  return {
    lessons,
    stage,
    place,
    prediction,
    outcome,
    spoiled,
    ready: computed(() => place.value !== null && isMeasured(place.value.lesson, stage.seen())),
    leave() {
      enter(null);
      before?.offer();
    },
    go(index) {
      const lesson = lessons[index];
      if (!lesson) {
        enter(null);
        before?.bring();
        return;
      }
      if (place.value === null) before = stage.remember();
      begin(index, lesson);
    },
    again() {
      if (place.value) begin(place.value.index, place.value.lesson);
    },
    predict(answer) {
      if (prediction.value === null) prediction.value = { answer, before: stage.seen() };
    },
    act({ train, now }) {
      now?.(stage);
      if (train === undefined) return;
      const { iteration } = stage.seen();
      if (iteration >= until) until = iteration + train;
      stage.play(until);
    },
  };
}

function isMeasured({ mode }: Lesson, { sides, line }: Seen): boolean {
  return mode === "line"
    ? line !== null && line.updates >= LEARNED
    : sides.left.evaluation !== null && sides.right.evaluation !== null;
}

/** Whether the page is otherwise than a lesson set it, in more than what the lesson asks the reader to do. */
function isSpoiled(lesson: Lesson, now: Seen, prediction: Prediction | null): boolean {
  if (lesson.mode === "line") {
    const trained = prediction?.before.line?.updates ?? 0;
    return (now.line?.updates ?? 0) < trained;
  }
  const generatorsMoved =
    lesson.generatorsStand === true && isMeasured(lesson, now) && now.iteration > lesson.iteration;
  return !now.isStaged || generatorsMoved;
}

function set(stage: Stage, { mode, layers, line, prepared, settings }: Lesson): void {
  stage.show(mode);
  stage.setSpeed(null);
  stage.pause();
  if (layers) stage.setLayers(layers);
  if (line) stage.setLine(line);
  if (mode === "plane") stage.begin(settings, prepared);
}
