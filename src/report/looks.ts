import type { ConstraintName } from "../lipschitz/index.js";
import type { KnownLoss } from "../losses/index.js";
import { pairingByName } from "../training/pairings.js";

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

/** The strokes of the usual pairings: warm colours for probabilities, cool ones for the W-loss under a constraint. */
export const strokes: Readonly<Record<string, Stroke>> = {
  bce: { color: "#d55e00", dash: SOLID },
  "bce-ns": { color: "#b8860b", dash: DASHED },
  hinge: { color: "#94695b", dash: DASH_DOTTED },
  ls: { color: "#8b6fc9", dash: DOTTED },
  "w-none": { color: "#a3527f", dash: SOLID },
  "w-clip": { color: "#0f9d74", dash: DOTTED },
  "w-gp": { color: "#0b76c5", dash: SOLID },
  "w-lp": { color: "#2f95d8", dash: DASHED },
  "w-sn": { color: "#5f8f1e", dash: DASH_DOTTED },
  "w-orth": { color: "#3d5bc9", dash: DASH_DOTTED },
};

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
 * of the list has, as long as there is one.
 * @throws InputError where a name is no pairing
 */
export function looksOf(names: readonly string[]): readonly Look[] {
  const free = Object.entries(strokes).flatMap(([name, stroke]) => (names.includes(name) ? [] : [stroke]));
  return names.map((name) => {
    const { loss, constraint } = pairingByName(name);
    const stroke = strokes[name] ?? free.shift() ?? { color: "#7d838c", dash: DASH_DOTTED };
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
