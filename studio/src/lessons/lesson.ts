import type { Dictionary } from "../language/index.js";
import type { LineSettings } from "../line/protocol.js";
import type { SceneLayer } from "../scene/layers.js";
import { defaultsFor } from "../settings/defaults.js";
import type { Settings } from "../settings/settings.js";
import type { LessonFigure } from "./figures.js";
import type { FormulaName } from "./formulas.js";
import { PREPARED, type PreparedName } from "./prepared/states.js";
import type { Mode, Seen, Stage } from "./stage.js";
import type { Target } from "./targets.js";

export type LessonName = keyof Dictionary["lessons"]["course"];
type Words<N extends LessonName> = Dictionary["lessons"]["course"][N];

/** Updates after which the two networks on the line have learned where the distributions lie. */
export const LEARNED = 100;

/** What has come of what a lesson asks. */
interface Came<N extends LessonName> {
  /** The answer that is true by the page's figures; `null` where none is. */
  readonly answer: keyof Words<N>["answers"] | null;
  /** The figures, in a sentence. */
  readonly said: (measured: Words<N>["measured"]) => string;
}

/** What a button of a lesson does. */
export interface Act {
  readonly label: (words: Dictionary) => string;
  /** Generator iterations that both sides train, from where they are, and then pause. */
  readonly train?: number;
  readonly now?: (stage: Stage) => void;
}

interface Given<N extends LessonName> {
  readonly mode: Mode;
  readonly target: Target;
  readonly formulas: readonly FormulaName[];
  /** What differs from the page as it opens. */
  readonly settings?: Partial<Settings>;
  /** Begins with a state that was prepared, and with its settings. */
  readonly prepared?: PreparedName;
  readonly layers?: readonly SceneLayer[];
  readonly line?: LineSettings;
  /** What the panel shows while it trains. */
  readonly figures?: readonly LessonFigure[];
  /** What the reader can do once they have predicted; the page's own controls do it too. */
  readonly acts: readonly Act[];
  /** Whether the generators stand still: a prediction is about the opponents alone. */
  readonly generatorsStand?: boolean;
  /** Ways to hold the left critic's slope, to be compared after the verdict: a table keeps what each has come to. */
  readonly ways?: readonly Act[];
  /** The answer that the lecture gives. */
  readonly lecture: keyof Words<N>["answers"];
  /** What is to be seen before anything is done, measured; `null` while it is not. */
  readonly begins?: (now: Seen) => ((measured: Words<N>["measured"]) => string) | null;
  /** `before` is how the page was when the reader committed to an answer. `null` until enough was done. */
  readonly check: (now: Seen, before: Seen) => Came<N> | null;
}

/** What a lesson has found out. */
export interface Outcome {
  readonly answer: string | null;
  readonly sentence: (words: Dictionary) => string;
}

/** One lesson: it sets the stage, asks for a prediction, lets the reader act, and tells what came. Its words are in the dictionaries. */
export interface Lesson extends Omit<Given<LessonName>, "check" | "begins" | "lecture" | "settings"> {
  readonly name: LessonName;
  /** All of them, so that it is the same whatever the reader had set. */
  readonly settings: Settings;
  /** At which the runs stand as it begins. */
  readonly iteration: number;
  readonly lecture: string;
  readonly begins: (now: Seen) => ((words: Dictionary) => string) | null;
  readonly check: (now: Seen, before: Seen) => Outcome | null;
}

/** A lesson by its name; its check may give the answers that its words have, and no others. */
export function lesson<N extends LessonName>(name: N, given: Given<N>): Lesson {
  const { settings, prepared, check, begins, lecture } = given;
  const measured = (words: Dictionary): Words<N>["measured"] => words.lessons.course[name].measured;
  return {
    ...given,
    name,
    settings: prepared ? PREPARED[prepared].settings : { ...defaultsFor("ring"), ...settings },
    iteration: prepared ? PREPARED[prepared].iteration : 0,
    lecture: String(lecture),
    begins(now) {
      const said = begins?.(now);
      return said ? (words) => said(measured(words)) : null;
    },
    check(now, before) {
      const came = check(now, before);
      if (!came) return null;
      const { answer, said } = came;
      return { answer: answer === null ? null : String(answer), sentence: (words) => said(measured(words)) };
    },
  };
}
