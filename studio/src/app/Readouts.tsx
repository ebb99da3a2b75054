import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { SideView } from "../session/client.js";

/** The figures of a side that tell most, at its last evaluation. */
export function Readouts({ side, modes }: { readonly side: SideView; readonly modes: number | null }) {
  const { app } = text();
  const words = app.readouts;
  const frame = side.frame.value;
  const last = side.evaluations.value.at(-1);
  const figure = (value: number | null | undefined, format: (value: number) => string) =>
    value === null || value === undefined ? "–" : Number.isFinite(value) ? format(value) : "∞";
  const three = (value: number) => number(value, 3);
  const shown: readonly (readonly [string, string])[] = [
    ...(last?.emd === null ? [] : [[words.distance, figure(last?.emd, three)] as const]),
    ...(last?.emdFloor == null ? [] : [[words.floor, figure(last.emdFloor, three)] as const]),
    ...(modes === null
      ? []
      : ([
          [words.modes, figure(last?.modesCaptured, (count) => app.of(whole(count), whole(modes)))],
          [words.quality, figure(last?.highQualityShare, percent)],
        ] as const)),
    [words.feedback, figure(last?.feedback, three)],
    ...(modes === null ? [[words.slope, figure(last?.slopeMean, three)] as const] : []),
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
