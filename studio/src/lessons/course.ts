import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Act, Lesson, Outcome } from "./lesson.js";
import { LESSONS } from "./lessons.js";
import type { Seen, Stage } from "./stage.js";

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
  /** What came, by the newest figures that tell; `null` before there is a prediction, and until enough was done. */
  readonly outcome: ReadonlySignal<Outcome | null>;
  /** Goes to a lesson and sets its stage, also where it is the same one; one that there is not leaves the course. */
  go(index: number): void;
  predict(answer: string): void;
  act(act: Act): void;
  /** The stage stays as it is, for the reader to go on with; how it was before the first lesson is offered. */
  leave(): void;
}

export function createCourse(stage: Stage, lessons: readonly Lesson[] = LESSONS): Course {
  const place = signal<Place | null>(null);
  const prediction = signal<Prediction | null>(null);
  const outcome = signal<Outcome | null>(null);
  /** The iteration at which training pauses. */
  let until = Infinity;
  let offerBack = () => {};

  effect(() => {
    if (!place.value || !prediction.value) return;
    const found = place.value.lesson.check(stage.seen(), prediction.value.before);
    if (found) outcome.value = found;
  });
  effect(() => {
    if (stage.seen().iteration < until) return;
    until = Infinity;
    stage.pause();
  });

  function enter(next: Place | null): void {
    until = Infinity;
    batch(() => {
      prediction.value = null;
      outcome.value = null;
      place.value = next;
      stage.lesson.value = next?.index ?? null;
    });
  }
  function leave(): void {
    enter(null);
    offerBack();
  }
  return {
    lessons,
    stage,
    place,
    prediction,
    outcome,
    ready: computed(() => place.value !== null && isMeasured(place.value.lesson, stage.seen())),
    leave,
    go(index) {
      const lesson = lessons[index];
      if (!lesson) return leave();
      if (place.value === null) offerBack = stage.remember();
      batch(() => {
        set(stage, lesson);
        enter({ index, lesson });
      });
    },
    predict(answer) {
      if (prediction.value === null) prediction.value = { answer, before: stage.seen() };
    },
    act({ train, now }) {
      now?.(stage);
      if (train === undefined) return;
      until = stage.seen().iteration + train;
      stage.play();
    },
  };
}

/** Updates after which the two networks on the line have learned something to compare with. */
const LEARNED = 100;

function isMeasured({ mode }: Lesson, { sides, line }: Seen): boolean {
  return mode === "line"
    ? line !== null && line.updates >= LEARNED
    : sides.left.evaluation !== null && sides.right.evaluation !== null;
}

function set(stage: Stage, { mode, layers, line, prepared, settings }: Lesson): void {
  stage.show(mode);
  stage.setSpeed(null);
  stage.pause();
  if (layers) stage.setLayers(layers);
  if (line) stage.setLine(line);
  if (mode === "plane") stage.begin(settings, prepared);
}
