import type { Language } from "../../../studio/src/language/index.js";
import type { Seen } from "../../../studio/src/lessons/stage.js";

/** What a test can do to the page, as `rehearsal` of its window. */
export interface Rehearsal {
  setLanguage(language: Language): void;
  /** As if the reader had done it. */
  put(change: Partial<Seen>): void;
}

declare global {
  var rehearsal: Rehearsal;
}
