import { text } from "../language/index.js";
import { valueAt } from "./curve.js";
import type { EvaluationChart } from "./evaluationCurves.js";

/** What stands at the end of charts, for those who do not see them. */
export function ValueTable({
  caption,
  charts,
}: {
  readonly caption: string;
  readonly charts: readonly EvaluationChart[];
}) {
  const words = text().charts;
  return (
    <div class="spoken">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.figure}</th>
            <th scope="col">{words.last}</th>
          </tr>
        </thead>
        <tbody>
          {charts.flatMap(({ title, curves }) =>
            curves.map((curve) => {
              const value = valueAt(curve, null);
              return (
                <tr key={`${title} ${curve.label}`}>
                  <th scope="row">{`${title}: ${curve.label}`}</th>
                  <td>{value === null || !Number.isFinite(value) ? "–" : curve.format(value)}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}
