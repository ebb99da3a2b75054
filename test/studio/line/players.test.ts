import { expect, it } from "vitest";
import { createPlayers } from "../../../studio/src/line/players.js";
import type { Means } from "../../../studio/src/line/protocol.js";

const TOGETHER: Means = { real: 0.5, fake: -0.5 };
const APART: Means = { real: 3, fake: -3 };

it("near reals both networks tell fakes where to go; far from them the discriminator goes silent and the critic does not", async () => {
  const players = await createPlayers(0);
  for (let k = 0; k < 200; k++) await players.update(TOGETHER);
  const near = await players.frame(TOGETHER);
  for (const { told, feedback } of [near.discriminator, near.critic]) {
    expect(feedback).toBeGreaterThan(0.5);
    expect(told).toBeGreaterThan(0.9 * feedback);
  }

  for (let k = 0; k < 300; k++) await players.update(APART);
  const far = await players.frame(APART);
  expect(far.updates).toBe(500);
  expect(far.discriminator.feedback).toBeLessThan(1e-5);
  expect(Math.abs(far.critic.told - 1)).toBeLessThan(0.15);
  // Gaussians of one deviation lie as far apart as their means; both are of 128 samples.
  expect(Math.abs(far.distance - 6)).toBeLessThan(0.15);
  expect(Math.abs(far.estimate / far.distance - 1)).toBeLessThan(0.15);
  const { values } = far.discriminator;
  expect([values.at(0)! < 0.01, values.at(-1)! > 0.99]).toEqual([true, true]);
  await players.release();
});

it("the same seed makes the same networks, however many frames are looked at; another seed makes others", async () => {
  const valuesOf = async (seed: number, frames: number) => {
    const players = await createPlayers(seed);
    for (let k = 0; k < 5; k++) {
      await players.update(TOGETHER);
      for (let i = 0; i < frames; i++) await players.frame(APART);
    }
    const { critic, discriminator } = await players.frame(TOGETHER);
    await players.release();
    return [critic.values, discriminator.values];
  };
  const first = await valuesOf(1, 0);
  expect(await valuesOf(1, 2)).toEqual(first);
  expect(await valuesOf(2, 0)).not.toEqual(first);
});
