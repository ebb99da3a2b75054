import type { Marginal } from "../../../src/figures/marginals.js";
import type { Histogram } from "../../../src/figures/numberMarginal.js";
import { percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { LiveFigures } from "./protocol.js";

const WIDTH = 220;
const HEIGHT = 90;
const BAR = 16;

/** How each column is distributed in the real and in the synthetic table. */
export function Marginals({ figures: { marginals, ends } }: { readonly figures: LiveFigures }) {
  const words = text().table.figures;
  return (
    <>
      <h4>{words.marginals}</h4>
      <p class="table-legend">
        <i class="real" aria-hidden="true" /> {words.real} <i class="synthetic" aria-hidden="true" /> {words.synthetic}
      </p>
      <div class="table-marginals">
        {marginals.map((marginal) => (
          <figure key={marginal.name}>
            <figcaption>{marginal.name}</figcaption>
            {marginal.kind === "numbers" && marginal.histogram && (
              <Bins histogram={marginal.histogram} ends={ends[marginal.name] ?? ["", ""]} name={marginal.name} />
            )}
            <Bars bars={barsOf(marginal)} />
          </figure>
        ))}
      </div>
    </>
  );
}

interface Bar {
  readonly label: string;
  readonly real: number;
  readonly synthetic: number;
}

/** What of a column has a bar of its own: its categories, single values that many rows have, missing values. */
function barsOf(marginal: Marginal): readonly Bar[] {
  const words = text().table.figures;
  const own =
    marginal.kind === "categories"
      ? [
          ...marginal.bars,
          ...(marginal.others ? [{ label: words.others(whole(marginal.others.count)), ...marginal.others }] : []),
        ]
      : marginal.atoms.map(({ value, ...shares }) => ({ label: String(value), ...shares }));
  const { missing } = marginal;
  return missing.real + missing.synthetic > 0 ? [...own, { label: words.missing, ...missing }] : own;
}

function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const words = text().table.figures;
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map(({ real, synthetic }) => Math.max(real, synthetic)));
  return (
    <ul class="table-bars">
      {bars.map(({ label, real, synthetic }) => (
        <li key={label}>
          <span class="label">{label}</span>
          <svg viewBox={`0 0 100 ${BAR}`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="real" x={0} y={2} width={(100 * real) / most} height={BAR - 4} />
            <rect class="synthetic" x={0} y={BAR / 2 - 2} width={(100 * synthetic) / most} height={4} />
          </svg>
          <span class="spoken">{words.shares(percent(real), percent(synthetic))}</span>
        </li>
      ))}
    </ul>
  );
}

interface BinsProps {
  readonly histogram: Histogram;
  readonly ends: readonly [string, string];
  readonly name: string;
}

function Bins({ histogram: { real, synthetic, curves }, ends, name }: BinsProps) {
  const words = text().table.figures;
  const most = Math.max(...real, ...synthetic) || 1;
  const step = WIDTH / real.length;
  const y = (share: number) => HEIGHT - (share / most) * (HEIGHT - 4);
  const outline = synthetic.map((share, bin) => `${bin === 0 ? "M" : "L"}${bin * step} ${y(share)}h${step}`).join("");
  const apart = Math.max(...curves.map((place) => Math.abs(place.real - place.synthetic)));
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        class="table-bins"
        role="img"
        aria-label={words.bins(name, percent(apart))}
      >
        {real.map((share, bin) => (
          <rect
            key={bin * step}
            class="real"
            x={bin * step + 0.5}
            y={y(share)}
            width={step - 1}
            height={HEIGHT - y(share)}
          />
        ))}
        <path class="synthetic" d={outline} />
      </svg>
      <p class="table-ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
    </>
  );
}
