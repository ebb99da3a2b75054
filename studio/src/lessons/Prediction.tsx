import { text } from "../language/index.js";
import type { Course } from "./course.js";
import { Figures } from "./Figures.js";
import type { Lesson } from "./lesson.js";
import { Prose } from "./Prose.js";

/** The question, its answers until one is chosen, and then what the reader can do to see what comes. */
export function Prediction({ course, lesson }: { readonly course: Course; readonly lesson: Lesson }) {
  const { lessons: strings } = text();
  const { question, answers, act } = strings.course[lesson.name];
  const committed = course.prediction.value?.answer;
  const isReady = course.ready.value;
  const isSpoiled = course.spoiled.value;
  return (
    <>
      <fieldset class="lesson-question">
        <legend>{strings.predict}</legend>
        <Prose>{question}</Prose>
        <div class="lesson-answers">
          {Object.entries(answers).map(([answer, says]) => (
            <button
              key={answer}
              type="button"
              aria-pressed={answer === committed}
              disabled={!isReady || isSpoiled || (committed !== undefined && answer !== committed)}
              onClick={() => course.predict(answer)}
            >
              {says}
            </button>
          ))}
        </div>
        {!isReady && <p class="lesson-note">{strings.preparing}</p>}
      </fieldset>
      {committed !== undefined && !isSpoiled && (
        <div class="lesson-act">
          <h3>{strings.act}</h3>
          <Prose>{act}</Prose>
          <div class="lesson-acts">
            {lesson.acts.map((one) => (
              <button key={one} type="button" onClick={() => course.act(one)}>
                {one.label(text())}
              </button>
            ))}
            <button type="button" class="lesson-again" onClick={course.again}>
              {strings.again}
            </button>
          </div>
          {lesson.figures && <Figures seen={course.stage.seen()} figures={lesson.figures} />}
        </div>
      )}
    </>
  );
}
