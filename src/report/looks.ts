import { pairingByName } from "../game/pairings.js";
import type { ConstraintName } from "../lipschitz/index.js";
import type { KnownLoss } from "../losses/index.js";

/** How a pairing is called and drawn, the same in every figure of every report. */
export interface Look {
  /** Its short name as users type it: "w-gp". */
  readonly name: string;
  /** For legends: "W-GP". */
  readonly label: string;
  /** For headings: "W-loss, gradient penalty". */
  readonly title: string;
  /** `#rrggbb`, at least 3 to 1 against a light and a dark page. */
  readonly color: string;
  /** An SVG dash pattern, so that no two lines differ by colour alone where colour-blind readers confuse the two. */
  readonly dash: string;
  readonly loss: KnownLoss;
  readonly constraint: ConstraintName;
}

type Stroke = Pick<Look, "color" | "dash">;

const SOLID = "none";
const DASHED = "7 4";
const DOTTED = "1.5 3.5";
const DASH_DOTTED = "9 3 1.5 3";
const DASHES: readonly string[] = [SOLID, DASHED, DOTTED, DASH_DOTTED];

/**
 * The strokes of the usual pairings. Any two colours differ clearly for all eyes, by 0.12 in OKLab and by 0.065 as dichromats see them;
 * two that share a dash pattern by 0.11 for dichromats too.
 */
export const strokes: Readonly<Record<string, Stroke>> = {
  bce: { color: "#d55e00", dash: SOLID },
  "bce-ns": { color: "#885b00", dash: DASH_DOTTED },
  hinge: { color: "#f16194", dash: DASH_DOTTED },
  ls: { color: "#a7389b", dash: DASH_DOTTED },
  "w-none": { color: "#94657c", dash: SOLID },
  "w-clip": { color: "#277450", dash: DASHED },
  "w-gp": { color: "#0b76c5", dash: SOLID },
  "w-lp": { color: "#18a1ba", dash: DASHED },
  "w-sn": { color: "#7b8d58", dash: DOTTED },
  "w-orth": { color: "#9b7cf7", dash: DOTTED },
};

/** More strokes, for pairings beyond the usual: the same colours, each with the dash patterns that its own pairing does not have. */
const furtherStrokes: readonly Stroke[] = DASHES.slice(1).flatMap((_, shift) =>
  Object.values(strokes).map(({ color, dash }) => {
    return { color, dash: DASHES[(DASHES.indexOf(dash) + shift + 1) % DASHES.length]! };
  }),
);

const CONSTRAINTS: Readonly<Record<ConstraintName, string>> = {
  none: "no constraint",
  clip: "weight clipping",
  gp: "gradient penalty",
  lp: "one-sided penalty",
  sn: "spectral normalisation",
  orth: "orthogonal weights",
};

/**
 * The looks of pairings that appear together, in their order. A pairing of another name than the usual takes a stroke that no other
 * of the list has: a colour that is free, or else one of the colours with another dash pattern.
 * @throws InputError where a name is no pairing
 */
export function looksOf(names: readonly string[]): readonly Look[] {
  const unused = Object.entries(strokes).flatMap(([name, stroke]) => (names.includes(name) ? [] : [stroke]));
  const free = [...unused, ...furtherStrokes];
  return names.map((name) => {
    const { loss, constraint } = pairingByName(name);
    const stroke = strokes[name] ?? free.shift() ?? furtherStrokes[0]!;
    return { name, label: labelOf(name), title: titleOf(loss, constraint), ...stroke, loss, constraint };
  });
}

/**
 * Whether the scores are distances: those of a W-loss whose constraint holds the slope near 1. Clipped weights allow some other slope,
 * which multiplies all scores, and without a constraint there is none.
 */
export function scoresAreDistances({ loss, constraint }: Look): boolean {
  return loss.name === "wasserstein" && constraint !== "clip" && constraint !== "none";
}

/** Whether two pairings train their critics towards the same one: by one loss, under penalties that both hold the slope at 1. */
export function sharesCritic(a: Look, b: Look): boolean {
  const penalised = ({ constraint }: Look) => constraint === "gp" || constraint === "lp";
  return a.loss.name === b.loss.name && (a.constraint === b.constraint || (penalised(a) && penalised(b)));
}

/** How a critic is held 1-Lipschitz, in words. */
export function constraintTitle(constraint: ConstraintName): string {
  return CONSTRAINTS[constraint];
}

/** "w-gp" as "W-GP", "w-clip" as "W-clip", "hinge+sn" as "Hinge+SN". */
function labelOf(name: string): string {
  const upper = name.replace(/\b[a-z]{1,3}\b/g, (word) => word.toUpperCase());
  return upper[0]!.toUpperCase() + upper.slice(1);
}

function titleOf(loss: KnownLoss, constraint: ConstraintName): string {
  const bare = constraint === "none" && loss.name !== "wasserstein";
  return bare ? loss.title : `${loss.title}, ${CONSTRAINTS[constraint]}`;
}
