import type { Mark, Stroke } from "../catalogue.js";
import { type Pairing, pairingByName, pairingNames } from "../game/pairings.js";
import { capitalised } from "../quoting.js";

/** How a pairing is called and drawn, the same in every figure of every report. */
export interface Look extends Pairing {
  /** For legends: "W-GP". */
  readonly label: string;
  /** For headings: "W-loss, gradient penalty". */
  readonly title: string;
  /** `#rrggbb`, at least 3 to 1 against a light and a dark page. */
  readonly color: string;
  /** An SVG dash pattern, so that no two lines differ by colour alone where colour-blind readers confuse the two. */
  readonly dash: string;
  /** What its curves end in. */
  readonly mark: Mark;
}

type Drawn = Pick<Look, "color" | "dash">;

/** For pairings whose loss has a mark that another has taken, in this order. */
const FURTHER_MARKS: readonly Mark[] = ["triangle", "diamond", "cross", "circle", "square"];

/** Where strokes have run out. */
const GREY: Drawn = { color: "#767676", dash: "none" };

const DASHES: Readonly<Record<Stroke["dash"], string>> = {
  solid: "none",
  dashed: "7 4",
  dotted: "1.5 3.5",
  "dash-dotted": "9 3 1.5 3",
  "long-dashed": "15 4",
  "dash-dot-dotted": "9 3 1.5 3 1.5 3",
};

/**
 * The strokes of the usual pairings: of the loss where it stands alone, of the constraint under a loss with a prefix. Any two colours of
 * the project's differ clearly for all eyes, by 0.12 in OKLab and by 0.065 as dichromats see them; two that share a dash pattern by 0.11 for
 * dichromats too.
 */
export function usualStrokes(): Readonly<Record<string, Drawn>> {
  const strokes = pairingNames().flatMap((name) => {
    const { loss, constraint } = pairingByName(name);
    const { stroke } = loss.prefix === undefined ? loss : constraint;
    return stroke ? [[name, { color: stroke.color, dash: DASHES[stroke.dash] }] as const] : [];
  });
  return Object.fromEntries(strokes);
}

/** More strokes, for other pairings: the same colours, each with the dash patterns that its own pairing does not have. */
function furtherStrokes(): readonly Drawn[] {
  const dashes = Object.values(DASHES);
  const usual = Object.values(usualStrokes());
  return dashes.slice(1).flatMap((_, shift) =>
    usual.map(({ color, dash }) => ({
      color,
      dash: dashes[(dashes.indexOf(dash) + shift + 1) % dashes.length] ?? dash,
    })),
  );
}

/**
 * The looks of pairings that appear together, in their order. A pairing of another name than the usual takes a stroke that no other
 * of the list has: a colour that is free, or else one of the colours with another dash pattern. So does one whose mark is taken.
 * @throws InputError where a name is no pairing
 */
export function looksOf(names: readonly string[]): readonly Look[] {
  const strokes = usualStrokes();
  const unused = Object.entries(strokes).flatMap(([name, stroke]) => (names.includes(name) ? [] : [stroke]));
  const free = [...unused, ...furtherStrokes()];
  const pairings = names.map(pairingByName);
  const marks = marksOf(pairings);
  return pairings.map((pairing, i): Look => {
    const name = names[i] ?? pairing.name;
    const stroke = strokes[name] ?? free.shift() ?? GREY;
    return { ...pairing, name, label: labelOf(name), title: titleOf(pairing), ...stroke, mark: marks[i] ?? "cross" };
  });
}

/** The mark of each pairing's loss; where an earlier pairing has that, one that none has, as long as there are any. */
function marksOf(pairings: readonly Pairing[]): readonly Mark[] {
  const own = pairings.map(({ loss }) => loss.mark ?? "cross");
  const free = FURTHER_MARKS.filter((mark) => !own.includes(mark));
  return own.map((mark, i) => (own.indexOf(mark) === i ? mark : (free.shift() ?? mark)));
}

/** The look of a pairing that stands alone. */
export function lookOf(name: string): Look {
  const [look] = looksOf([name]);
  if (!look) throw new Error("a look for each name");
  return look;
}

/**
 * Whether the scores are distances: those of a W-loss whose constraint holds the slope near 1. Clipped weights allow some other slope,
 * which multiplies all scores, and without a constraint there is none.
 */
export function scoresAreDistances({ loss, constraint }: Pairing): boolean {
  return loss.estimatesDistance && constraint.slope === "one";
}

/** Whether two pairings train their critics towards the same one: by one loss, under penalties that both hold the slope at 1. */
export function sharesCritic(a: Pairing, b: Pairing): boolean {
  const penalised = a.constraint.isPenalty && b.constraint.isPenalty;
  return a.loss.name === b.loss.name && (a.constraint.name === b.constraint.name || penalised);
}

/** "w-gp" as "W-GP", "w-clip" as "W-clip", "bce+gp" as "BCE+GP". */
function labelOf(name: string): string {
  return capitalised(name.replace(/\b[a-z]{1,3}\b/g, (word) => word.toUpperCase()));
}

function titleOf({ loss, constraint }: Pairing): string {
  const bare = constraint.slope === "free" && loss.prefix === undefined;
  return bare ? loss.title : `${loss.title}, ${constraint.title}`;
}
