import { useEffect, useState } from "preact/hooks";
import { constraints } from "../../../src/lipschitz/index.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd } from "../../../src/metrics/exactDistances.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { slopeMean } from "../../../src/metrics/slope.js";
import { formatNumber } from "../../../src/report/format.js";
import { wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import type { Course } from "./course.js";
import type { Act } from "./lesson.js";

export interface WaysProps {
  readonly course: Course;
  readonly ways: readonly Act[];
}

/** The ways to hold the left critic, each of which can be tried, and what those that were tried have come to. */
export function Ways({ course, ways }: WaysProps) {
  const { ways: words } = text().lessons;
  const [kept, keep] = useState<Readonly<Record<string, Evaluation>>>({});
  const { settings, sides, iteration, criticUpdates, isStaged } = course.stage.seen();
  const { evaluation } = sides.left;
  const way = settings.left.constraint;
  const hasActed = isStaged && iteration === 0 && criticUpdates > 0;
  useEffect(() => {
    if (hasActed && evaluation) keep((others) => ({ ...others, [way]: evaluation }));
  }, [hasActed, evaluation]);
  const rows = Object.entries(kept);
  return (
    <section class="lesson-act">
      <h3>{words.title}</h3>
      <p>{words.act}</p>
      <div class="lesson-acts">
        {ways.map((one) => (
          <button key={one} type="button" onClick={() => course.act(one)}>
            {one.label(text())}
          </button>
        ))}
      </div>
      <table class="lesson-table">
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.way}</th>
            <th scope="col">{words.slope}</th>
            <th scope="col">{words.estimate}</th>
            <th scope="col">{words.distance}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, one]) => (
            <tr key={name}>
              <th scope="row">{wordsOf("constraints", constraints.get(name)).what}</th>
              <td>{formatNumber(slopeMean.of(one))}</td>
              <td>{formatNumber(runningEstimate.of(one))}</td>
              <td>{formatNumber(debiasedEmd.of(one))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
