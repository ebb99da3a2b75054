import { number } from "../language/format.js";
import { text } from "../language/index.js";
import type { Colors } from "../scene/colors.js";
import type { Flow, SideFrame } from "../session/protocol.js";
import { answerRange, histograms, meanOf } from "./histogram.js";

const WIDTH = 240;
const HALF = 38;

export interface AnswersProps {
  readonly flow: Flow;
  readonly output: SideFrame["output"];
  readonly colors: Colors;
}

/** What the opponent has answered: on reals upwards, on fakes downwards, with the means as lines. */
export function Answers({ flow: { realAnswers, fakeAnswers }, output, colors }: AnswersProps) {
  const words = text().diagram;
  const lists = [realAnswers, fakeAnswers];
  const range = answerRange(output, lists);
  const [low, high] = range;
  const shares = histograms(lists, range);
  const colorsOfBoth = [colors.real, colors.fake];
  return (
    <div class="diagram-answers">
      <svg viewBox={`0 0 ${WIDTH} ${2 * HALF}`} preserveAspectRatio="none" aria-hidden="true">
        {shares.map((counts, k) => {
          const [part, up] = [WIDTH / counts.length, k === 0];
          const bars = counts.map((share, i) => {
            const height = share * (HALF - 4);
            return `M${i * part},${HALF}h${part}v${up ? -height : height}h${-part}z`;
          });
          const mean = meanOf(lists[k]!);
          const x = (WIDTH * (mean - low)) / (high - low);
          return (
            <g key={colorsOfBoth[k]} fill={colorsOfBoth[k]} stroke={colorsOfBoth[k]}>
              <path d={bars.join("")} fill-opacity={0.35} stroke="none" />
              {Number.isFinite(x) && <path d={`M${x.toFixed(1)},${HALF}v${up ? -HALF : HALF}`} stroke-width={2.5} />}
            </g>
          );
        })}
        <path d={`M0,${HALF}H${WIDTH}`} stroke={colors.muted} />
      </svg>
      <p>
        <span>{number(low, 2)}</span>
        <span>{words.output[output]}</span>
        <span>{number(high, 2)}</span>
      </p>
    </div>
  );
}
