import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Side } from "../settings/settings.js";
import type { Snapshots } from "./protocol.js";

/** All that a run needs to go on as if it had not been left. */
export interface Standing {
  readonly sides: Snapshots;
  /** Since the start, oldest first, as `SideView` has them. */
  readonly evaluations: Readonly<Record<Side, readonly Evaluation[]>>;
}

/** Of a state that was not evaluated before. */
export function standingOf(sides: Snapshots): Standing {
  return { sides, evaluations: { left: [], right: [] } };
}
