import { useEffect, useState } from "preact/hooks";
import { constraints } from "../../../src/lipschitz/index.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { emd } from "../../../src/metrics/exactDistances.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { slopeMean } from "../../../src/metrics/slope.js";
import { formatNumber } from "../../../src/report/format.js";
import { wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import type { Course } from "./course.js";

/** What each way to hold the left critic has come to, as the reader tries them; nothing before the first. */
export function Ways({ course }: { readonly course: Course }) {
  const { ways } = text().lessons;
  const [kept, keep] = useState<Readonly<Record<string, Evaluation>>>({});
  const { settings, sides, criticUpdates } = course.stage.seen();
  const { evaluation } = sides.left;
  const way = settings.left.constraint;
  const hasActed = course.prediction.value !== null && criticUpdates > 0;
  useEffect(() => {
    if (hasActed && evaluation) keep((others) => ({ ...others, [way]: evaluation }));
  }, [hasActed, evaluation]);
  const rows = Object.entries(kept);
  if (rows.length === 0) return null;
  return (
    <table class="lesson-ways">
      <caption>{ways.title}</caption>
      <thead>
        <tr>
          <th scope="col">{ways.way}</th>
          <th scope="col">{ways.slope}</th>
          <th scope="col">{ways.estimate}</th>
          <th scope="col">{ways.distance}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, one]) => (
          <tr key={name}>
            <th scope="row">{wordsOf("constraints", constraints.get(name)).what}</th>
            <td>{formatNumber(slopeMean.of(one))}</td>
            <td>{formatNumber(runningEstimate.of(one))}</td>
            <td>{formatNumber(emd.of(one))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
