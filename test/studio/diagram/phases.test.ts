import { describe, expect, it } from "vitest";
import { PLAYERS } from "../../../src/game/state.js";
import {
  gradientWays,
  isOver,
  motionAdvanced,
  motionBegun,
  PHASES,
  phaseOf,
} from "../../../studio/src/diagram/phases.js";
import { WAY_NAMES, WAYS } from "../../../studio/src/diagram/stations.js";
import { en } from "../../../studio/src/language/en.js";

describe("slow motion", () => {
  it.each(PLAYERS)("goes through the %s's update phase by phase, and ends where its weights have moved", (player) => {
    let motion = motionBegun(player);
    const names = [phaseOf(motion).name];
    while (!isOver(motion)) {
      expect(motion.isRunning).toBe(true);
      motion = motionAdvanced(motion);
      names.push(phaseOf(motion).name);
    }
    expect(names).toEqual(PHASES[player].map(({ name }) => name));
    expect(names.slice(0, 4)).toEqual(["draw", "generate", "judge", "loss"]);
    expect(motion.isRunning).toBe(false);
    expect(motionAdvanced(motion)).toEqual(motion);
  });

  it("that is paused stays so when it is taken a phase further", () => {
    expect(motionAdvanced({ ...motionBegun("critic"), isRunning: false }).isRunning).toBe(false);
  });

  it.each(PLAYERS)("has a sentence for each phase of the %s's update, and no other", (player) => {
    expect(Object.keys(en.diagram.phases[player])).toEqual(PHASES[player].map(({ name }) => name));
  });

  it.each(PLAYERS)("first lets everything flow forward in the %s's update, and then back", (player) => {
    const isBack = PHASES[player].flatMap(({ ways }) => ways.map((way) => WAYS[way].isBack));
    expect(isBack).toEqual(isBack.toSorted((a, b) => Number(a) - Number(b)));
  });
});

it("the generator's gradient comes all the way from the loss, and the opponent's ends at the opponent", () => {
  expect(gradientWays("generator")).toEqual(WAY_NAMES.filter((name) => WAYS[name].isBack));
  expect(gradientWays("critic")).toEqual(["lossBack", "answersBack"]);
});
