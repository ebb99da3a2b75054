import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../language/index.js";
import type { Course } from "./course.js";
import type { Lesson } from "./lesson.js";
import { Prose } from "./Prose.js";

export interface VerdictProps {
  readonly course: Course;
  readonly lesson: Lesson;
  /** What scrolls the panel. */
  readonly body: RefObject<HTMLElement | null>;
}

/**
 * Whether the prediction came true, with the figures; and where these are not as the lecture has it, that they are not. Where the page is no
 * longer as the lesson set it, that there is no verdict. Scrolled into view and spoken as it comes.
 */
export function Verdict({ course, lesson, body }: VerdictProps) {
  const { lessons: strings } = text();
  const { answers, why } = strings.course[lesson.name];
  const says: Readonly<Record<string, string>> = answers;
  const outcome = course.outcome.value;
  const spoiled = course.spoiled.value;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (body.current && box.current) bringIntoView(body.current, box.current);
  }, [outcome, spoiled]);

  const isTrue = outcome !== null && outcome.answer === course.prediction.value?.answer;
  const sentences = outcome
    ? [
        isTrue ? strings.true : outcome.answer === null ? strings.none : strings.untrue(says[outcome.answer]!),
        outcome.sentence(text()),
        ...(outcome.answer === lesson.lecture ? [] : [strings.lecture(says[lesson.lecture]!)]),
      ]
    : spoiled
      ? [strings.spoiled]
      : [];
  const [verdict, figures, doubt] = sentences;
  return (
    <>
      {verdict && (
        <div class="lesson-outcome" ref={box}>
          <h3>{strings.outcome}</h3>
          <p class="lesson-verdict" data-true={isTrue}>
            {verdict}
          </p>
          {figures && <p>{figures}</p>}
          {doubt && <p class="lesson-doubt">{doubt}</p>}
          {outcome && why.map((paragraph) => <Prose key={paragraph}>{paragraph}</Prose>)}
          {spoiled && (
            <button type="button" onClick={course.again}>
              {strings.again}
            </button>
          )}
        </div>
      )}
      <p class="spoken" role="status">
        {sentences.join(" ")}
      </p>
    </>
  );
}

/** Scrolls so that a part of the panel is seen whole, or else from its beginning. */
function bringIntoView(body: HTMLElement, part: HTMLElement): void {
  const [around, within] = [body.getBoundingClientRect(), part.getBoundingClientRect()];
  const by = Math.min(within.top - around.top, within.bottom - around.bottom);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (by > 0) body.scrollBy({ top: by, behavior: calm ? "auto" : "smooth" });
}
