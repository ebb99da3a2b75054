import type { Question, Scores } from "../../judge/results.js";

/** How a score stands between its yardsticks, from the best. */
export type Level = "real" | "close" | "partly" | "weak";

/** What each level is called, and how much of a circle stands for it. */
export const levelTexts: Readonly<Record<Level, { readonly text: string; readonly share: number }>> = {
  real: { text: "like real rows", share: 1 },
  close: { text: "close to real rows", share: 0.75 },
  partly: { text: "partly there", share: 0.5 },
  weak: { text: "far from real rows", share: 0.1 },
};

/** Questions that independent columns answer well: how a score stands between them and real rows says nothing. */
const WITHOUT_FLOOR: readonly Question[] = ["shape", "privacy"];
/** Where the yardsticks lie nearer to each other than this, it says nothing either. */
const NO_FLOOR = 0.05;
/** The least way from independent columns to real rows, and the largest shortfall of real rows where only they say something. */
const CLOSE = { way: 0.8, shortfall: 0.05 };
const PARTLY = { way: 0.3, shortfall: 0.15 };

/**
 * Like real rows where the interval reaches theirs; otherwise by how much of the way from independent columns to real rows was gone, or by
 * how much of real rows' score is missing.
 */
export function levelOf(question: Question, { synthetic, independent, real }: Scores): Level {
  if (synthetic.high >= real.low) return "real";
  const shortfall = real.value - synthetic.value;
  const range = real.value - independent.value;
  const reaches = (bar: typeof CLOSE) =>
    range < NO_FLOOR || WITHOUT_FLOOR.includes(question)
      ? shortfall <= bar.shortfall
      : shortfall <= (1 - bar.way) * range;
  if (reaches(CLOSE)) return "close";
  return reaches(PARTLY) ? "partly" : "weak";
}

/** Whether a level is one that a user can live with. */
export function isGood(level: Level): boolean {
  return level === "real" || level === "close";
}
