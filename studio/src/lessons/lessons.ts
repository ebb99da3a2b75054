import type { Dictionary } from "../language/index.js";
import type { SceneLayer } from "../scene/layers.js";
import type { Settings, SideSettings } from "../settings/settings.js";
import type { FormulaName } from "./formulas.js";
import type { Mode, Seen } from "./stage.js";
import type { Target } from "./targets.js";

export type StepName = keyof Dictionary["lessons"]["steps"];

/** Settings that a step offers to set with one press, where their own control may be out of sight. */
export interface Choice {
  readonly label: (words: Dictionary) => string;
  readonly settings: Partial<Settings>;
}

/** One step of the tour: what it shows, and where it looks. What it says is in the dictionaries, under its name. */
export interface Step {
  readonly name: StepName;
  readonly mode: Mode;
  readonly target: Target;
  readonly formula?: FormulaName;
  readonly settings?: Partial<Settings>;
  readonly layers?: readonly SceneLayer[];
  /** Begins at iteration 0; a step that does not goes on with the runs as they are, if its settings allow. */
  readonly fresh?: boolean;
  readonly runs: "play" | "pause";
  /** Iterations a second at most. Default: as many as the machine gives. */
  readonly speed?: number;
  readonly choices?: readonly Choice[];
  /** Whether the reader has done, or seen, what the step asks for; `before` is how the page was when the step began. */
  readonly done?: (now: Seen, before: Seen) => boolean;
}

const BCE: SideSettings = { loss: "bce", constraint: "none" };
const W_GP: SideSettings = { loss: "wasserstein", constraint: "gp" };
const W_LP: SideSettings = { loss: "wasserstein", constraint: "lp" };
const W_NONE: SideSettings = { loss: "wasserstein", constraint: "none" };

const RING: Partial<Settings> = { data: "ring", left: BCE, right: W_GP };
const GRID: Partial<Settings> = { data: "grid", left: BCE, right: W_GP };

const lambda = (value: number): Choice => ({ label: () => `λ = ${value}`, settings: { more: { lambda: value } } });

const reaches =
  (iteration: number) =>
  (now: Seen): boolean =>
    now.iteration >= iteration;

export const STEPS: readonly Step[] = [
  {
    name: "players",
    mode: "plane",
    target: "scene-left",
    settings: RING,
    layers: ["real", "fakes"],
    fresh: true,
    runs: "play",
    done: reaches(50),
  },
  {
    name: "minimax",
    mode: "plane",
    target: "steps",
    formula: "game",
    settings: RING,
    layers: ["surface", "contours", "real", "fakes"],
    fresh: true,
    runs: "pause",
    done: (now) => now.criticUpdates >= 3 && now.iteration >= 1,
  },
  {
    name: "terms",
    mode: "plane",
    target: "scene-left",
    formula: "terms",
    settings: RING,
    layers: ["surface", "real", "fakes", "arrows"],
    runs: "play",
    speed: 2,
    done: (now, before) => now.iteration >= before.iteration + 10,
  },
  {
    name: "saturation",
    mode: "line",
    target: "line",
    formula: "saturation",
    runs: "pause",
    done: ({ line }) => line !== null && line.discriminator.feedback < 1e-3 && line.critic.feedback > 0.5,
  },
  {
    name: "collapse",
    mode: "plane",
    target: "scene-left",
    settings: GRID,
    layers: ["surface", "real", "fakes"],
    fresh: true,
    runs: "play",
    done: reaches(300),
  },
  {
    name: "distance",
    mode: "plane",
    target: "scene-right",
    formula: "distance",
    settings: RING,
    layers: ["plan", "real", "fakes"],
    fresh: true,
    runs: "pause",
    done: reaches(5),
  },
  {
    name: "critic",
    mode: "plane",
    target: "scene-right",
    formula: "dual",
    settings: RING,
    layers: ["surface", "contours", "real", "fakes", "arrows"],
    runs: "play",
    speed: 10,
  },
  {
    name: "condition",
    mode: "plane",
    target: "side-left",
    formula: "condition",
    settings: { data: "ring", left: W_NONE, right: W_GP },
    layers: ["slope", "real", "fakes"],
    fresh: true,
    runs: "play",
    choices: [
      { label: ({ catalogues }) => catalogues.constraints.none.what, settings: { left: W_NONE } },
      { label: ({ catalogues }) => catalogues.constraints.gp.what, settings: { left: W_GP } },
    ],
    done: ({ settings }) => settings.left.constraint !== "none",
  },
  {
    name: "penalty",
    mode: "plane",
    target: "scene-right",
    formula: "penalty",
    settings: { data: "ring", left: W_LP, right: W_GP, more: { lambda: 0.3 } },
    layers: ["slope", "real", "fakes"],
    runs: "play",
    choices: [lambda(0.03), lambda(0.3), lambda(3)],
    done: (now, before) => now.settings.more.lambda !== before.settings.more.lambda,
  },
  {
    name: "together",
    mode: "plane",
    target: "charts",
    formula: "estimate",
    settings: GRID,
    layers: ["surface", "real", "fakes"],
    fresh: true,
    runs: "play",
    done: reaches(500),
  },
  { name: "onward", mode: "plane", target: "data", runs: "play" },
];
