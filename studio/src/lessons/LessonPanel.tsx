import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../language/index.js";
import type { Course, Place } from "./course.js";
import { Formula } from "./Formula.js";
import { FORMULAS } from "./formulas.js";
import type { Choice } from "./lessons.js";
import { Prose } from "./Prose.js";
import { pointAt } from "./pointer.js";
import type { Stage } from "./stage.js";
import "./lessons.css";

/** The panel of the guided tour, while it is under way. The page makes room for it, so it covers nothing that it speaks of. */
export function LessonPanel({ course }: { readonly course: Course }) {
  const place = course.place.value;
  return place && <Panel course={course} place={place} />;
}

function Panel({ course, place: { index, step } }: { readonly course: Course; readonly place: Place }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const title = useId();
  const strings = text().lessons;
  const words = strings.steps[step.name];
  const last = index + 1 === course.steps.length;

  useLayoutEffect(() => {
    const opener = document.activeElement;
    document.documentElement.dataset.lesson = "";
    return () => {
      delete document.documentElement.dataset.lesson;
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  // A screen reader goes on from the new step's heading, and the panel has the keyboard as soon as it is seen.
  useLayoutEffect(() => {
    body.current?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    return pointAt(step.target);
  }, [step]);

  const keyboard = (event: KeyboardEvent) => {
    const go = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key];
    if (event.key === "Escape") course.leave();
    else if (go !== undefined && course.steps[go]) course.go(go);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section class="lesson" aria-labelledby={title} onKeyDown={keyboard}>
      <header class="lesson-head">
        <p>{strings.progress(index + 1, course.steps.length)}</p>
        <button
          type="button"
          class="lesson-leave"
          onClick={course.leave}
          aria-label={strings.leave}
          title={strings.leave}
        >
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <div class="lesson-body" ref={body}>
        <h2 id={title} ref={heading} tabIndex={-1}>
          {words.title}
        </h2>
        {step.formula && <Formula tex={FORMULAS[step.formula]} label={text().formulas[step.formula]} display />}
        {words.text.map((paragraph) => (
          <Prose key={paragraph}>{paragraph}</Prose>
        ))}
        <div class="lesson-try">
          <h3>{strings.tryIt}</h3>
          <Prose key={words.tryIt}>{words.tryIt}</Prose>
          {step.choices && <Choices stage={course.stage} choices={step.choices} />}
        </div>
        <p class="lesson-done" role="status">
          {course.done.value && "done" in words && words.done}
        </p>
      </div>
      <footer class="lesson-foot">
        <button type="button" disabled={index === 0} onClick={() => course.go(index - 1)}>
          {strings.back}
        </button>
        <ol class="lesson-dots">
          {course.steps.map(({ name }, at) => (
            <li key={name}>
              <button
                type="button"
                aria-label={strings.steps[name].title}
                title={strings.steps[name].title}
                aria-current={at === index ? "step" : undefined}
                onClick={() => course.go(at)}
              />
            </li>
          ))}
        </ol>
        <button type="button" class="lesson-next" onClick={() => course.go(index + 1)}>
          {last ? strings.finish : strings.next}
        </button>
      </footer>
    </section>
  );
}

function Choices({ stage, choices }: { readonly stage: Stage; readonly choices: readonly Choice[] }) {
  const now = stage.seen().settings;
  const isSet = ({ settings }: Choice) => JSON.stringify({ ...now, ...settings }) === JSON.stringify(now);
  return (
    <div class="lesson-choices">
      {choices.map((choice) => (
        <button key={choice} type="button" aria-pressed={isSet(choice)} onClick={() => stage.apply(choice.settings)}>
          {choice.label(text())}
        </button>
      ))}
    </div>
  );
}
