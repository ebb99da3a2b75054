import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Language } from "../../../studio/src/language/index.js";

/** What a test can do to the page, as `rehearsal` of its window. */
export interface Rehearsal {
  setLanguage(language: Language): void;
  /** Both sides evaluated, as if the reader had trained them. */
  evaluate(iteration: number, figures: Evaluation["figures"]): void;
  /** As if the reader had changed a setting. */
  change(): void;
}

declare global {
  var rehearsal: Rehearsal;
}
