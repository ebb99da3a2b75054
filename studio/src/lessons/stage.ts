import type { Signal } from "@preact/signals";
import type { Evaluation } from "../../../src/metrics/metric.js";
import type { LineFrame, LineSettings } from "../line/protocol.js";
import type { SceneLayer } from "../scene/layers.js";
import type { SideFrame } from "../session/protocol.js";
import type { Settings, Side } from "../settings/settings.js";
import type { PreparedName } from "./prepared/states.js";

/** The page has two modes: two runs on points of the plane, and two distributions on a line. */
export type Mode = "plane" | "line";

/** One side as the page shows it; `null` while there is nothing of it. */
export interface SeenSide {
  readonly frame: SideFrame | null;
  /** The newest. */
  readonly evaluation: Evaluation | null;
}

/** What a lesson reads of the page, to tell what has come of a prediction. */
export interface Seen {
  /** Generator iterations and updates of the opponents so far. */
  readonly iteration: number;
  readonly criticUpdates: number;
  readonly settings: Settings;
  readonly sides: Readonly<Record<Side, SeenSide>>;
  /** Of the one-dimensional mode. */
  readonly line: LineFrame | null;
  /** Whether the runs are those that `begin` began: no setting was changed since then, and they were not begun anew. */
  readonly isStaged: boolean;
}

/** How the page was set, with its runs as they were. Does nothing where the page is like that. */
export interface Remembered {
  /** Offers the reader to have that back. */
  offer(): void;
  /** Brings it back. */
  bring(): void;
}

/** All that a lesson can do to the page. The shell implements it; nothing else of the page is known to the lessons. */
export interface Stage {
  /** Which lesson is under way, from 0; the page's address says it. */
  readonly lesson: Signal<number | null>;
  show(mode: Mode): void;
  /** Begins both runs anew, paused, with these settings, or from a state that was prepared with them. */
  begin(settings: Settings, prepared?: PreparedName): void;
  /** These layers of the picture are shown and no others. */
  setLayers(layers: readonly SceneLayer[]): void;
  setLine(line: LineSettings): void;
  /** Both sides pause by themselves at the iteration `until`. Default: the one that was asked for last and is not reached, or else none. */
  play(until?: number): void;
  pause(): void;
  /** One generator iteration or one update of the opponents, of both sides, which are paused then. */
  step(what: "generator" | "critic"): void;
  /** Lets the critics settle against the generators as they are. */
  settleNow(): void;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  setSpeed(limit: number | null): void;
  remember(): Remembered;
  /** Reads signals, so that who calls it while drawing is drawn again when any of them changes. */
  seen(): Seen;
}
