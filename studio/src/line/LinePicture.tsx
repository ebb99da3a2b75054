import { useId } from "preact/hooks";
import { MARK_PATHS } from "../../../src/report/drawing/marks.js";
import { type Look, lookOf } from "../../../src/report/looks.js";
import { number } from "../language/format.js";
import { text } from "../language/index.js";
import { COLORS } from "../scene/colors.js";
import { theme } from "../scene/theme.js";
import { Handle } from "./Handle.js";
import { Heap, type Place } from "./Heap.js";
import { CURVE_POINTS, LINE, type LineFrame, type Means } from "./protocol.js";
import { type Edges, lineScales, optimalScore } from "./scales.js";

export const DISCRIMINATOR = lookOf("bce");
export const CRITIC = lookOf("w-gp");

/** Two heaps whose means are fewer pixels apart have their names and grips beside them. */
const CLOSE = 64;
/** Where a curve has its mark, as a share of the line: near both ends. */
const MARKED = [0.08, 0.92];
const TICKS = [-4, -2, 0, 2, 4];
/** A probability and a score that lie at the same height. */
const LEVELS = [
  [0, LINE[0]],
  [0.5, 0],
  [1, LINE[1]],
] as const;

export interface LinePictureProps {
  readonly width: number;
  readonly height: number;
  readonly means: Means;
  readonly frame: LineFrame | null;
  readonly onMove: (means: Means) => void;
}

/** Both outputs over both densities, each output with an axis of its own; the densities can be moved. */
export function LinePicture({ width, height, means, frame, onMove }: LinePictureProps) {
  const words = text().line;
  const colors = COLORS[theme()];
  const clip = useId();
  const edges: Edges = { left: 30, right: width - 34, top: 34, bottom: height - 44 };
  const { left, right, top, bottom } = edges;
  const scales = lineScales(edges);
  const { x, probability, score } = scales;
  const rising = means.real >= means.fake;
  const close = Math.abs(x(means.real) - x(means.fake)) < CLOSE;
  const placed = (isRight: boolean): Place => (close ? (isRight ? "right" : "left") : "above");
  const outputs = frame
    ? [
        { look: CRITIC, places: placesOf(frame.critic.values, x, score) },
        { look: DISCRIMINATOR, places: placesOf(frame.discriminator.values, x, probability) },
      ]
    : [];
  const strength = (value: number | undefined) => (value === undefined ? "–" : number(value, 2));
  const saying = (mean: number) =>
    words.at(number(mean, 3), strength(frame?.discriminator.feedback), strength(frame?.critic.feedback));
  return (
    <>
      <svg
        class="line-picture"
        width={width}
        height={height}
        role="img"
        aria-label={words.picture(number(Math.abs(means.real - means.fake), 3))}
      >
        <clipPath id={clip}>
          <rect x={left} y={top - 2} width={right - left} height={bottom - top + 4} />
        </clipPath>
        <g>
          <Key x={4} look={DISCRIMINATOR} />
          <text x={36} y={16} fill={colors.ink} class="line-title">
            {words.discriminator}
          </text>
          <Key x={width - 30} look={CRITIC} />
          <text x={width - 36} y={16} fill={colors.ink} class="line-title" text-anchor="end">
            {words.critic}
          </text>
          <text
            x={rising ? left + 10 : right - 10}
            y={top + 20}
            fill={colors.muted}
            text-anchor={rising ? "start" : "end"}
          >
            {words.optimal}
          </text>
          {LEVELS.map(([share, value]) => (
            <g key={share}>
              <line x1={left} x2={right} y1={probability(share)} y2={probability(share)} stroke={colors.rule} />
              <text x={left - 6} y={probability(share) + 4} fill={colors.muted} text-anchor="end">
                {share}
              </text>
              <text x={right + 10} y={probability(share) + 4} fill={colors.muted}>
                {String(value).replace("-", "−")}
              </text>
            </g>
          ))}
          <path
            d={`M${left - 4},${top}H${left + 4}M${left},${top}V${bottom}M${left - 4},${bottom}H${left + 4}`}
            stroke={DISCRIMINATOR.color}
            fill="none"
            stroke-width={1.5}
          />
          <path d={`M${right},${top - 8}l-4,9h8zM${right},${bottom + 8}l-4,-9h8z`} fill={CRITIC.color} />
          <path d={`M${right},${top}V${bottom}`} stroke={CRITIC.color} fill="none" stroke-width={1.5} />
          {TICKS.map((tick) => (
            <text key={tick} x={x(tick)} y={height - 6} fill={colors.muted} text-anchor="middle">
              {String(tick).replace("-", "−")}
            </text>
          ))}
        </g>
        <Heap kind="real" mean={means.real} place={placed(rising)} scales={scales} edges={edges} colors={colors} />
        <Heap kind="fake" mean={means.fake} place={placed(!rising)} scales={scales} edges={edges} colors={colors} />
        <g clip-path={`url(#${clip})`} fill="none">
          <path
            d={`M${LINE.map((end) => `${x(end)},${score(optimalScore(end, means))}`).join("L")}`}
            stroke={colors.muted}
            stroke-width={1.2}
            stroke-dasharray="6 4"
          />
          {outputs.map(({ look, places }) => (
            <path key={look.name} d={pathOf(places)} stroke={look.color} stroke-width={2.5} />
          ))}
        </g>
        {frame && (
          <g>
            {outputs.flatMap(({ look, places }) =>
              markedOf(places).map(([left, y]) =>
                y < top || y > bottom ? null : (
                  <path
                    key={`${look.name} ${left}`}
                    d={MARK_PATHS[look.mark]}
                    transform={`translate(${left},${y}) scale(1.5)`}
                    fill={look.color}
                  />
                ),
              ),
            )}
            <Told
              x={x(means.fake)}
              y={bottom - 20}
              length={x(frame.discriminator.told) - x(0)}
              color={DISCRIMINATOR.color}
            />
            <Told x={x(means.fake)} y={bottom - 8} length={x(frame.critic.told) - x(0)} color={CRITIC.color} />
          </g>
        )}
      </svg>
      <Handle
        label={words.meanOfReal}
        saying={saying(means.real)}
        mean={means.real}
        scales={scales}
        edges={edges}
        onMove={(real) => onMove({ ...means, real })}
      />
      <Handle
        label={words.meanOfFake}
        saying={saying(means.fake)}
        mean={means.fake}
        scales={scales}
        edges={edges}
        onMove={(fake) => onMove({ ...means, fake })}
      />
    </>
  );
}

/** What the fakes are told, as an arrow from their mean: as long on the line as the feedback is strong. */
function Told({
  x,
  y,
  length,
  color,
}: {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly color: string;
}) {
  const size = Math.abs(length);
  if (!(size >= 1)) return <circle cx={x} cy={y} r={2.5} fill={color} />;
  const head = Math.sign(length) * Math.min(8, size);
  return (
    <g stroke={color} fill={color}>
      <path d={`M${x},${y}h${length - head / 2}`} stroke-width={3} />
      <path d={`M${x + length},${y}l${-head},-5v10z`} stroke="none" />
    </g>
  );
}

/** What a curve is drawn with. */
function Key({ x, look: { color, mark } }: { readonly x: number; readonly look: Look }) {
  return (
    <g transform={`translate(${x},12)`}>
      <path d="M0,0h26" stroke={color} stroke-width={2.5} />
      <path d={MARK_PATHS[mark]} transform="translate(13,0) scale(1.3)" fill={color} />
    </g>
  );
}

type Position = readonly [x: number, y: number];

/** Where the output of a network runs in the picture. */
function placesOf(values: Float32Array, x: (place: number) => number, y: (value: number) => number): Position[] {
  return Array.from(values, (value, i): Position => [x(placeAt(i)), y(value)]);
}

function pathOf(places: readonly Position[]): string {
  return `M${places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;
}

function markedOf(places: readonly Position[]): Position[] {
  const indices = MARKED.map((share) => Math.round(share * (places.length - 1)));
  return places.filter((_, i) => indices.includes(i));
}

function placeAt(i: number): number {
  return LINE[0] + ((LINE[1] - LINE[0]) * i) / (CURVE_POINTS - 1);
}
