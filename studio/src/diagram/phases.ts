import type { PlayerName } from "../../../src/game/state.js";
import type { Station, WayName } from "./stations.js";

/** What happens in a phase of an update; the dictionaries say it in a sentence. */
export type PhaseName = "draw" | "generate" | "judge" | "loss" | "back" | "reach" | "move";

/** A part of an update, in slow motion. */
export interface Phase {
  readonly name: PhaseName;
  /** Where it happens. */
  readonly stations: readonly Station[];
  /** What flows. */
  readonly ways: readonly WayName[];
}

/** An update of each player, phase by phase. The last one moves its weights. */
export const PHASES: Readonly<Record<PlayerName, readonly Phase[]>> = {
  critic: [
    { name: "draw", stations: ["latent", "real"], ways: [] },
    { name: "generate", stations: ["generator", "fake"], ways: ["latents", "fakes"] },
    { name: "judge", stations: ["opponent", "answers"], ways: ["fakesJudged", "realsJudged", "answers"] },
    { name: "loss", stations: ["loss"], ways: ["answersWeighed"] },
    { name: "back", stations: ["opponent"], ways: ["lossBack", "answersBack"] },
    { name: "move", stations: ["opponent"], ways: [] },
  ],
  generator: [
    { name: "draw", stations: ["latent"], ways: [] },
    { name: "generate", stations: ["generator", "fake"], ways: ["latents", "fakes"] },
    { name: "judge", stations: ["opponent", "answers"], ways: ["fakesJudged", "answers"] },
    { name: "loss", stations: ["loss"], ways: ["answersWeighed"] },
    { name: "back", stations: ["opponent", "fake"], ways: ["lossBack", "answersBack", "fakesBack"] },
    { name: "reach", stations: ["generator"], ways: ["generatorBack"] },
    { name: "move", stations: ["generator"], ways: [] },
  ],
};

/** Where slow motion stands. */
export interface Motion {
  /** Whose update it is. */
  readonly player: PlayerName;
  readonly phase: number;
  /** Whether it goes on by itself. */
  readonly isRunning: boolean;
}

export function motionBegun(player: PlayerName): Motion {
  return { player, phase: 0, isRunning: true };
}

export function phaseOf({ player, phase }: Motion): Phase {
  return PHASES[player][phase]!;
}

/** One phase further; it stands still at the last one. */
export function motionAdvanced(motion: Motion): Motion {
  const last = PHASES[motion.player].length - 1;
  const phase = Math.min(last, motion.phase + 1);
  return { ...motion, phase, isRunning: motion.isRunning && phase < last };
}

/** Whether its weights have moved, which ends it. */
export function isOver(motion: Motion): boolean {
  return phaseOf(motion).name === "move";
}

/** The ways that a gradient takes in an update of a player. */
export function gradientWays(player: PlayerName): readonly WayName[] {
  return PHASES[player].flatMap(({ name, ways }) => (name === "back" || name === "reach" ? ways : []));
}
