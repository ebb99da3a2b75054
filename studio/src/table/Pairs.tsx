import { useState } from "preact/hooks";
import { text } from "../language/index.js";
import type { Associations, LiveFigures, PairPoints } from "./protocol.js";

const SIDE = 240;
const MARGIN = 8;
/** How far apart rows of one category are drawn, of the place that it has. */
const SPREAD = 0.6;
/** The golden ratio's part after the comma, whose multiples are spread evenly. */
const GOLDEN = 0.6180339887;

/** How columns go together in the real and in the synthetic table. */
export function Pairs({ figures: { associations, points } }: { readonly figures: LiveFigures }) {
  const words = text().table.figures;
  const [[x, y], setPair] = useState<readonly [number, number]>([0, 1]);
  if (points.columns.length < 2) return null;
  const [i, j] = [Math.min(x, points.columns.length - 1), Math.min(y, points.columns.length - 1)];
  const sides = [
    { name: words.real, kind: "real", matrix: associations.real, rows: points.real },
    { name: words.synthetic, kind: "synthetic", matrix: associations.synthetic, rows: points.synthetic },
  ] as const;
  return (
    <>
      <h4>{words.pairs}</h4>
      <p class="note">{words.pairsNote}</p>
      <div class="table-pairs">
        {sides.map(({ name, kind, matrix }) => (
          <figure key={kind}>
            <figcaption>{name}</figcaption>
            <Matrix columns={associations.columns} matrix={matrix} chosen={[i, j]} onChoose={setPair} label={name} />
          </figure>
        ))}
      </div>
      <p class="table-row">
        <Axis label={words.across} points={points} chosen={i} onChoose={(place) => setPair([place, j])} />
        <Axis label={words.up} points={points} chosen={j} onChoose={(place) => setPair([i, place])} />
      </p>
      <div class="table-pairs">
        {sides.map(({ name, kind, rows }) => (
          <figure key={kind}>
            <figcaption>{name}</figcaption>
            <Scatter points={points} rows={rows} pair={[i, j]} kind={kind} label={name} />
          </figure>
        ))}
      </div>
    </>
  );
}

interface MatrixProps {
  readonly columns: readonly string[];
  readonly matrix: Associations;
  readonly chosen: readonly [number, number];
  readonly onChoose: (pair: readonly [number, number]) => void;
  readonly label: string;
}

function Matrix({ columns, matrix, chosen: [x, y], onChoose, label }: MatrixProps) {
  return (
    <table class="table-matrix">
      <caption class="spoken">{label}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((name) => (
            <th key={name} scope="col">
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map((name, row) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {columns.map((other, column) => {
              const value = matrix[row]?.[column] ?? null;
              const isChosen = row === y && column === x;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the choices below the matrix do the same by keyboard
                <td
                  key={other}
                  class={isChosen ? "chosen" : undefined}
                  style={{ "--strength": Math.abs(value ?? 0) }}
                  onClick={() => onChoose([column, row])}
                >
                  {value === null ? "–" : hundredths(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With two decimals, and no "-0.00". */
const hundredths = (value: number): string => (Math.round(100 * value) / 100 || 0).toFixed(2);

interface AxisProps {
  readonly label: string;
  readonly points: PairPoints;
  readonly chosen: number;
  readonly onChoose: (column: number) => void;
}

function Axis({ label, points, chosen, onChoose }: AxisProps) {
  return (
    <label>
      {label}{" "}
      <select value={chosen} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
        {points.columns.map(({ name }, column) => (
          <option key={name} value={column}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ScatterProps {
  readonly points: PairPoints;
  readonly rows: readonly Float32Array[];
  readonly pair: readonly [number, number];
  readonly kind: "real" | "synthetic";
  readonly label: string;
}

function Scatter({ points, rows, pair: [x, y], kind, label }: ScatterProps) {
  const words = text().table.figures;
  const [across, up] = [placesOf(points, rows, x), placesOf(points, rows, y)];
  const dots = Array.from(across, (place, row) => {
    const height = up[row] ?? Number.NaN;
    if (Number.isNaN(place + height)) return "";
    const [cx, cy] = [MARGIN + place * (SIDE - 2 * MARGIN), SIDE - MARGIN - height * (SIDE - 2 * MARGIN)];
    return `M${cx.toFixed(1)} ${cy.toFixed(1)}h0`;
  }).join("");
  const names = [points.columns[x]?.name ?? "", points.columns[y]?.name ?? ""] as const;
  return (
    <svg
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      class="table-scatter"
      role="img"
      aria-label={words.scatter(label, names[0], names[1])}
    >
      <path class={kind} d={dots} />
    </svg>
  );
}

/** Where rows lie along a column, 0 to 1 over what real rows take; those of one category are spread, so that each is seen. */
function placesOf({ columns, real }: PairPoints, rows: readonly Float32Array[], column: number): Float32Array {
  const values = rows[column] ?? new Float32Array();
  const categories = columns[column]?.categories;
  if (categories)
    return values.map(
      (code, row) => (code + 0.5 + SPREAD * (((row * (column + 1) * GOLDEN) % 1) - 0.5)) / categories.length,
    );
  const known = (real[column] ?? values).filter((value) => !Number.isNaN(value));
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const range = high > low ? high - low : 1;
  return values.map((value) => Math.min(1, Math.max(0, (value - low) / range)));
}
