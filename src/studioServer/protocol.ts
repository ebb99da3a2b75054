import type { RunConfig } from "../runs/config.js";
import type { Results } from "../runs/results.js";

// What the page asks of `monge studio`, all by GET: `api/runs.json` is a `RunList`, `api/runs/INDEX.json` the `RunView` of one of its
// runs, and pictures are where a view says.

/** What was named: a folder of `monge train`, or one of `monge compare` or its results.json. */
export type RunKind = "run" | "comparison";

/** How it stands; "missing" where it can no longer be read. */
export type RunState = "training" | "finished" | "stopped" | "diverged" | "missing";

/** One of the names on the command line. */
export interface RunEntry {
  readonly name: string;
  readonly kind: RunKind;
  readonly state: RunState;
  /** Generator iterations done and to be done, of all its runs for a comparison; `null` for one that is finished. */
  readonly progress: { readonly iteration: number; readonly iterations: number } | null;
}

/** The named runs, in their order. */
export interface RunList {
  readonly runs: readonly RunEntry[];
}

/** A PNG of a run. */
export interface RunPicture {
  /** "samples", "overview", ... */
  readonly title: string;
  /** When its samples were made; `null` where that is not of one moment. */
  readonly iteration: number | null;
  /** Relative to the page; another one when the picture has changed. */
  readonly address: string;
}

/** All that is told of one run. */
export interface RunView extends RunEntry {
  /** Of a run; `null` for a comparison, which keeps none. */
  readonly settings: RunConfig | null;
  /** Its evaluations and what follows from them; `null` before the first. A figure that is not finite is `null` on the way. */
  readonly results: Results | null;
  /** Why it diverged, or ended before its last iteration. */
  readonly message: string | null;
  readonly pictures: readonly RunPicture[];
}

/** What a view says that can change, but for the pictures. */
export type Standing = Omit<RunView, "name" | "kind" | "pictures">;
