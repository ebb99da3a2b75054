import { highQualityShare, modesCaptured } from "../../../src/metrics/coverage.js";
import { emd, emdFloor } from "../../../src/metrics/exactDistances.js";
import { feedback } from "../../../src/metrics/feedback.js";
import type { Shown } from "../../../src/metrics/metric.js";
import { slopeMean } from "../../../src/metrics/slope.js";
import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { SideView } from "../session/client.js";

/** The figures of a side that tell most, at its last evaluation. */
export function Readouts({ side, modes }: { readonly side: SideView; readonly modes: number | null }) {
  const { app } = text();
  const words = app.readouts;
  const frame = side.frame.value;
  const last = side.evaluations.value.at(-1);
  const figure = (value: number | null, format: (value: number) => string) =>
    value === null ? "–" : Number.isFinite(value) ? format(value) : "∞";
  const of = (metric: Shown<number>) => (last ? metric.of(last) : null);
  const three = (value: number) => number(value, 3);
  const shown: readonly (readonly [string, string])[] = [
    ...(last && of(emd) === null ? [] : [[words.distance, figure(of(emd), three)] as const]),
    ...(of(emdFloor) === null ? [] : [[words.floor, figure(of(emdFloor), three)] as const]),
    ...(modes === null
      ? []
      : ([
          [words.modes, figure(of(modesCaptured), (count) => app.of(whole(count), whole(modes)))],
          [words.quality, figure(of(highQualityShare), percent)],
        ] as const)),
    [words.feedback, figure(of(feedback), three)],
    ...(modes === null ? [[words.slope, figure(of(slopeMean), three)] as const] : []),
    [app.perSecond, figure(frame?.iterationsPerSecond || null, (value) => number(value, 2))],
  ];
  return (
    <dl class="readouts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
