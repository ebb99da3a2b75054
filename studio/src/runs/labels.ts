import type { Mark } from "../../../src/catalogue.js";
import { MARKS } from "../../../src/report/drawing/marks.js";
import { type Look, looksOf } from "../../../src/report/looks.js";
import type { RunResult } from "../../../src/runs/results.js";
import { text } from "../language/index.js";

/** A run with what it is called and how it is drawn beside the others of its comparison. */
export interface LabelledRun {
  readonly run: RunResult;
  /** Its own among them, whatever runs come beside it. */
  readonly key: string;
  /** "W-GP", and "W-GP (2)" for a second one of the same seed: its name beside its seed. */
  readonly name: string;
  /** "W-GP", "W-GP, seed 1" where there are several seeds, and "W-GP (2)" for a second one of the same. */
  readonly label: string;
  readonly look: Look;
  /** That of its loss; where several runs have that look, what tells their curves apart, and of more than there are marks some share one. */
  readonly mark: Mark;
}

/** Runs of known losses (see `readResults`), each by its label. */
export function labelled(runs: readonly RunResult[]): readonly LabelledRun[] {
  const losses = [...new Set(runs.map(({ loss }) => loss))];
  const looks = looksOf(losses);
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  return runs.map((run, index) => {
    const look = looks[losses.indexOf(run.loss)]!;
    const before = runs.slice(0, index).filter(({ loss, seed }) => loss === run.loss && seed === run.seed).length;
    const again = before > 0 ? ` (${before + 1})` : "";
    const name = look.label + again;
    const label = seeds > 1 ? text().runs.charts.ofSeed(look.label, String(run.seed)) + again : name;
    const alike = runs.filter(({ loss }) => loss === run.loss);
    const own = MARKS.indexOf(look.mark);
    const mark = MARKS[(own + alike.indexOf(run)) % MARKS.length]!;
    return { run, look, name, label, mark, key: `${run.loss} ${run.seed} ${before}` };
  });
}

/** "W-GP" for "w-gp"; `null` where that is no loss. */
export function labelOf(loss: string): string | null {
  try {
    return looksOf([loss])[0]!.label;
  } catch {
    return null;
  }
}
