import { text } from "../language/index.js";
import { SIDES, type Side } from "../settings/settings.js";
import { LESSON_FIGURES, type LessonFigure } from "./figures.js";
import type { Seen } from "./stage.js";

export interface FiguresProps {
  readonly seen: Seen;
  readonly figures: readonly LessonFigure[];
}

/** The figures that a lesson is about, of both sides as they were last measured. */
export function Figures({ seen, figures }: FiguresProps) {
  const { app, lessons } = text();
  const figureOf = (name: LessonFigure, side: Side) => {
    const { evaluation } = seen.sides[side];
    return (evaluation && LESSON_FIGURES[name](evaluation, seen.settings[side])) ?? "–";
  };
  return (
    <table class="lesson-table">
      <caption>{lessons.figures.caption}</caption>
      <thead>
        <tr>
          <td />
          {SIDES.map((side) => (
            <th key={side} scope="col">
              {app.sides[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((name) => (
          <tr key={name}>
            <th scope="row">{lessons.figures[name]}</th>
            {SIDES.map((side) => (
              <td key={side}>{figureOf(name, side)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
