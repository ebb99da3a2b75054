import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { STEPS, type Step } from "./lessons.js";
import type { Seen, Stage } from "./stage.js";

/** Where a reader is on the tour. */
export interface Place {
  readonly index: number;
  readonly step: Step;
  /** The page as it was when the step began. */
  readonly before: Seen;
}

/** A course through the steps; each sets the stage as it is entered. */
export interface Course {
  readonly steps: readonly Step[];
  readonly stage: Stage;
  /** `null` before the first step and after the last. */
  readonly place: ReadonlySignal<Place | null>;
  /** Whether what the step asks for has been done since it began; it stays done. */
  readonly done: ReadonlySignal<boolean>;
  /** Goes to a step; one that there is not leaves the tour. */
  go(index: number): void;
  /** The stage stays as it is, for the reader to go on with; how it was before the first step is offered. */
  leave(): void;
}

export function createCourse(stage: Stage, steps: readonly Step[] = STEPS): Course {
  const place = signal<Place | null>(null);
  const achieved = signal<Place | null>(null);
  effect(() => {
    const here = place.value;
    if (here?.step.done?.(stage.seen(), here.before)) achieved.value = here;
  });
  let offerBack = () => {};
  const leave = () => {
    place.value = null;
    offerBack();
  };
  return {
    steps,
    stage,
    place,
    done: computed(() => place.value !== null && achieved.value === place.value),
    leave,
    go(index) {
      const step = steps[index];
      if (!step) return leave();
      if (place.value === null) offerBack = stage.remember();
      set(stage, step);
      place.value = { index, step, before: stage.seen() };
    },
  };
}

function set(stage: Stage, step: Step): void {
  stage.show(step.mode);
  if (step.layers) stage.setLayers(step.layers);
  if (step.settings) stage.apply(step.settings);
  if (step.fresh && stage.seen().criticUpdates > 0) stage.restart();
  stage.setSpeed(step.speed ?? null);
  if (step.runs === "play") stage.play();
  else stage.pause();
}
