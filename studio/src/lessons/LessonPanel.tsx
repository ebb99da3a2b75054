import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../language/index.js";
import type { Course, Place } from "./course.js";
import { Formula } from "./Formula.js";
import { FORMULAS } from "./formulas.js";
import { Prediction } from "./Prediction.js";
import { Prose } from "./Prose.js";
import { pointAt } from "./pointer.js";
import { Verdict } from "./Verdict.js";
import { Ways } from "./Ways.js";
import "./lessons.css";

/** The panel of the lesson that is under way. The page makes room for it, so it covers nothing that it speaks of. */
export function LessonPanel({ course }: { readonly course: Course }) {
  const place = course.place.value;
  return place && <Panel course={course} place={place} />;
}

function Panel({ course, place }: { readonly course: Course; readonly place: Place }) {
  const { index, lesson } = place;
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const title = useId();
  const { lessons: strings, formulas } = text();
  const words = strings.course[lesson.name];
  const captions: Readonly<Record<string, string>> = strings.captions;
  const outcome = course.outcome.value;
  const begins = lesson.begins(course.prediction.value?.before ?? course.stage.seen());

  useLayoutEffect(() => {
    const opener = document.activeElement;
    document.documentElement.dataset.lesson = "";
    return () => {
      delete document.documentElement.dataset.lesson;
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  // A screen reader goes on from the new lesson's heading, and the panel has the keyboard as soon as it is seen.
  useLayoutEffect(() => {
    body.current?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    return pointAt(lesson.target);
  }, [place]);

  const keyboard = (event: KeyboardEvent) => {
    const go = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key];
    if (event.key === "Escape") course.leave();
    else if (go !== undefined && course.lessons[go]) course.go(go);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section class="lesson" aria-labelledby={title} onKeyDown={keyboard}>
      <header class="lesson-head">
        <p>{strings.progress(index + 1, course.lessons.length)}</p>
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
        {words.text.map((paragraph) => (
          <Prose key={paragraph}>{paragraph}</Prose>
        ))}
        {lesson.formulas.length > 0 && (
          <dl class="lesson-formulas">
            {lesson.formulas.map((name) => (
              <div key={name}>
                <dt>{captions[name]}</dt>
                <dd>
                  <Formula tex={FORMULAS[name]} label={formulas[name]} display />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {begins && <p class="lesson-begins">{begins(text())}</p>}
        <Prediction course={course} lesson={lesson} />
        <Verdict course={course} lesson={lesson} body={body} />
        {outcome && lesson.ways && <Ways course={course} ways={lesson.ways} />}
      </div>
      <footer class="lesson-foot">
        <button type="button" disabled={index === 0} onClick={() => course.go(index - 1)}>
          {strings.back}
        </button>
        <ol class="lesson-dots">
          {course.lessons.map(({ name }, at) => (
            <li key={name}>
              <button
                type="button"
                aria-label={strings.course[name].title}
                title={strings.course[name].title}
                aria-current={at === index ? "step" : undefined}
                onClick={() => course.go(at)}
              />
            </li>
          ))}
        </ol>
        <button type="button" class="lesson-next" onClick={() => course.go(index + 1)}>
          {index + 1 === course.lessons.length ? strings.finish : strings.next}
        </button>
      </footer>
    </section>
  );
}
