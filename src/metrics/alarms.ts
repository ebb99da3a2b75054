import type { Dataset } from "../data/dataset.js";
import type { Opponent } from "../losses/loss.js";
import type { Evaluation } from "./metric.js";
import { collapsedPictures } from "./pictureAlarms.js";
import { type RowAlarms, rowAlarms } from "./rowAlarms.js";
import { runawayCritic } from "./runawayCritic.js";

/** Watches a run, and says what is wrong at an evaluation, each thing once. */
export type Alarms = (history: readonly Evaluation[], samples: Float32Array) => readonly string[];

/**
 * Prepares to watch a run by its evaluations. What is wrong with the rows that it makes is told when two evaluations in a row have it, the
 * one before the first iteration apart: a generator that has just begun makes few different rows.
 */
export function createAlarms(data: Dataset, seed: number, opponent: Opponent): Alarms {
  let ofRows: RowAlarms | undefined;
  const told = new Set<string>();
  let before: ReadonlyMap<string, string> = new Map();
  return (history, samples) => {
    const sentences: string[] = [];
    const tell = (name: string, sentence: string | undefined) => {
      if (sentence === undefined || told.has(name)) return;
      told.add(name);
      sentences.push(sentence);
    };
    if ((history.at(-1)?.iteration ?? 0) === 0) return [];
    ofRows ??= rowAlarms(data, seed);
    const now = ofRows?.(samples) ?? new Map<string, string>();
    for (const [name, sentence] of now) if (before.has(name)) tell(name, sentence);
    before = now;
    tell("critic", runawayCritic(history, opponent));
    tell("pictures", collapsedPictures(history));
    return sentences;
  };
}
