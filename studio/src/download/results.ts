import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Results } from "../../../src/runs/results.js";
import { resultsOf, runResult } from "../../../src/runs/runResult.js";
import { sideName } from "../settings/pairing.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";

/** What is known of one side. */
export interface SideHistory {
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  /** Why it ended early, or `null`. */
  readonly stopped: string | null;
}

/**
 * Both runs as the `results.json` of `monge compare`, for those sides that have been evaluated.
 * @param link the address that repeats them on the page
 */
export function sidesResults(
  settings: Settings,
  data: string,
  sides: Readonly<Record<Side, SideHistory>>,
  link: string,
): Results {
  const runs = SIDES.flatMap((side) => {
    const { evaluations, stopped } = sides[side];
    const last = evaluations.at(-1);
    if (!last) return [];
    const run = {
      loss: sideName(settings[side]),
      seed: settings.seed,
      iterations: last.iteration,
      seconds: last.seconds,
      stopped,
    };
    return [runResult(run, evaluations)];
  });
  return resultsOf(data, runs, { link });
}
