import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Settings, Side } from "../settings/settings.js";
import type { OwnPoints, Snapshots } from "./protocol.js";

/** Whose critics are to settle. */
export interface SettleQuestion {
  readonly settings: Settings;
  readonly own: OwnPoints | null;
  readonly sides: Snapshots;
}

/** The evaluation of each side whose critic has settled; `null` where nothing can settle, or it diverged. Or what went wrong. */
export type SettleAnswer = { readonly sides: Readonly<Record<Side, Evaluation | null>> } | { readonly message: string };
