import { expect, it } from "vitest";
import { createPace } from "../../studio/src/session/pace.js";

it("spaces frames by the screen's pace, and evaluations by what they cost", async () => {
  let now = 1000;
  const { frames, evaluations } = createPace(() => now);
  const lasting = (ms: number) => async () => {
    now += ms;
  };
  expect([frames.wait(), evaluations.wait()]).toEqual([0, 0]);
  await frames.spend(lasting(3));
  expect(frames.wait()).toBeCloseTo(1000 / 30 - 3);
  now += 40;
  expect(frames.wait()).toBe(0);
  await frames.spend(lasting(50));
  expect(frames.wait()).toBeCloseTo(200);
  await evaluations.spend(lasting(150));
  expect(evaluations.wait()).toBeCloseTo(1350);
  now += 1350;
  await evaluations.spend(lasting(600));
  expect(evaluations.wait()).toBeCloseTo(2000);
});
