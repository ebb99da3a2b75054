import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { language, text } from "../language/index.js";
import type { Course, Place } from "./course.js";
import { Formula } from "./Formula.js";
import { FORMULAS } from "./formulas.js";
import type { Outcome } from "./lesson.js";
import { Prediction } from "./Prediction.js";
import { Prose } from "./Prose.js";
import { pointAt } from "./pointer.js";
import { Ways } from "./Ways.js";
import "./lessons.css";

/** Milliseconds after which a verdict is spoken: by then the figures of both sides are there. */
const SETTLED_AFTER = 1500;

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
  const begins = lesson.begins(course.stage.seen());

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
        {lesson.keepsWays && <Ways course={course} />}
        {outcome && (
          <div class="lesson-outcome">
            <h3>{strings.outcome}</h3>
            <Verdict course={course} outcome={outcome} />
            {words.why.map((paragraph) => (
              <Prose key={paragraph}>{paragraph}</Prose>
            ))}
          </div>
        )}
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

/** Whether the prediction came true, with the figures; and where the figures are not as the lecture has it, that they are not. */
function Verdict({ course, outcome }: { readonly course: Course; readonly outcome: Outcome }) {
  const { lessons: strings } = text();
  const { lesson } = course.place.value!;
  const answers: Readonly<Record<string, string>> = strings.course[lesson.name].answers;
  const isTrue = outcome.answer === course.prediction.value?.answer;
  const said = [
    isTrue ? strings.true : outcome.answer === null ? strings.none : strings.untrue(answers[outcome.answer]!),
    outcome.sentence(text()),
    ...(outcome.answer === lesson.lecture ? [] : [strings.lecture(answers[lesson.lecture]!)]),
  ];
  const newest = useRef(said);
  newest.current = said;
  const [spoken, setSpoken] = useState<readonly string[]>([]);
  // The figures change while it trains; they are spoken once, with the verdict.
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(newest.current), SETTLED_AFTER);
    return () => clearTimeout(timer);
  }, [outcome.answer, language.value]);
  const [verdict, figures, doubt] = said;
  return (
    <>
      <p class="lesson-verdict" data-true={isTrue}>
        {verdict}
      </p>
      <p>{figures}</p>
      {doubt && <p class="lesson-doubt">{doubt}</p>}
      <p class="spoken" role="status">
        {spoken.join(" ")}
      </p>
    </>
  );
}
