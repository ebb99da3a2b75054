import type { LoggedRun } from "../../src/logging/logger.js";

/** A run that is logged without being trained. */
export function loggedRun(directory: string, more: Partial<LoggedRun> = {}): LoggedRun {
  const settings = { loss: "w-gp", iterations: 40, warmUp: null };
  return { directory, id: "id", settings, isNew: true, iteration: 0, isChanged: false, ...more };
}
