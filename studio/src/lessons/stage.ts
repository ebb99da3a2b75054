import type { Evaluation } from "../../../src/metrics/metric.js";
import type { LineFrame } from "../line/protocol.js";
import type { SceneLayer } from "../scene/layers.js";
import type { Settings, Side } from "../settings/settings.js";

/** The page has two modes: two runs on points of the plane, and two distributions on a line. */
export type Mode = "plane" | "line";

/** What the tour reads of the page, to tell whether the reader has done what a step asks for. */
export interface Seen {
  /** Generator iterations and critic updates of the two runs so far. */
  readonly iteration: number;
  readonly criticUpdates: number;
  readonly layers: readonly SceneLayer[];
  readonly settings: Settings;
  readonly latest: Readonly<Record<Side, Evaluation | null>>;
  /** `lineFrame` of the one-dimensional mode. */
  readonly line: LineFrame | null;
}

/** All that the tour can do to the page. The shell implements it; nothing else of the page is known to the tour. */
export interface Stage {
  show(mode: Mode): void;
  /** As if the reader had set these; begins the runs anew where that is needed. */
  apply(patch: Partial<Settings>): void;
  /** Begins the runs anew, paused, with the settings as they are. */
  restart(): void;
  /** These layers of the picture are shown and no others. */
  setLayers(layers: readonly SceneLayer[]): void;
  play(): void;
  pause(): void;
  /** Iterations a second at most; `null`: as many as the machine gives. */
  setSpeed(limit: number | null): void;
  /** Takes down how the page is set; calling what it returns offers the reader to have that back, where it is otherwise by then. */
  remember(): () => void;
  /** Reads signals, so that who calls it while drawing is drawn again when any of them changes. */
  seen(): Seen;
}
