import { LINE_BATCH, LINE_LOSSES, lineGame } from "../../../src/figures/oneDimensional.js";
import { trainCriticAlone } from "../../../src/game/alone.js";
import { descentOf, scorerOf } from "../../../src/game/judging.js";
import { createRng } from "../../../src/random.js";
import { oneDimensionalDistance } from "../../../src/transport/oneDimensional.js";
import { CURVE_POINTS, DEVIATION, LINE, type LineFrame, type Means, type Player } from "./protocol.js";

/**
 * The slope settles near 1 + w / (2 lambda) where reals and fakes lie w apart: with the usual 10 the critic's estimate would be a third too
 * large at the far ends of the line. With 100 the critic follows a drag too slowly.
 */
const LAMBDA = 30;
/** Reals, and as many fakes, that a frame is measured on. */
const MEASURED = 128;
/** Frames draw from a stream of their own, so that how many there are does not change what is trained. */
const FRAME_STREAM = 0x6c696e65;

/** A discriminator and a critic on the line, both trained on the same samples. */
export interface Players {
  /** One update of both, on samples of Gaussians with these means. */
  update(means: Means): Promise<void>;
  frame(means: Means): Promise<LineFrame>;
  release(): Promise<void>;
}

/** The same seed and the same means at each update make the same networks. */
export async function createPlayers(seed: number): Promise<Players> {
  const rng = createRng(seed);
  const normals = createRng(seed ^ FRAME_STREAM).normals(2 * MEASURED);
  const [noiseOfReals, noiseOfFakes] = [normals.subarray(0, MEASURED), normals.subarray(MEASURED)];
  const line = Float32Array.from({ length: CURVE_POINTS }, (_, i) => along(i / (CURVE_POINTS - 1)));
  const count = CURVE_POINTS + 2 * MEASURED;
  const players = await Promise.all(
    LINE_LOSSES.map(async (loss) => {
      const game = lineGame(loss, { lambda: LAMBDA });
      const draws = createRng(seed);
      const trainer = await trainCriticAlone(game, draws, { batch: LINE_BATCH, threads: 1 });
      const model = { game, layout: { critic: trainer.layout }, state: { critic: trainer.state() } };
      const [scorer, descent] = await Promise.all([scorerOf(model, count), descentOf(model, MEASURED)]);
      return { trainer, draws, scorer, descent };
    }),
  );
  let updates = 0;
  let updatesHere = 0;
  let here: Means | undefined;
  const isHere = ({ real, fake }: Means) => real === here?.real && fake === here.fake;

  /** One player's output at the points of the line, then at reals, then at fakes, and what it tells the fakes. */
  async function measure({ trainer, scorer, descent }: (typeof players)[number], points: Float32Array) {
    const state = { critic: trainer.state() };
    const { scores } = await scorer.run(state, { x: { shape: [count, 1], data: points } });
    const { descent: told } = await descent.run(state, {
      x: { shape: [MEASURED, 1], data: points.subarray(CURVE_POINTS + MEASURED) },
      real: { shape: [MEASURED, 1], data: points.subarray(CURVE_POINTS, CURVE_POINTS + MEASURED) },
    });
    return { scores, told };
  }

  return {
    async update(means) {
      const { real, fake } = means;
      const batch = (data: Float32Array) => ({ shape: [1, LINE_BATCH, 1], data });
      const reals = { x: batch(around(real, rng.normals(LINE_BATCH))) };
      const fakes = { x: batch(around(fake, rng.normals(LINE_BATCH))) };
      for (const { trainer, draws } of players) {
        await trainer.update({ real: reals, fake: fakes, epsilon: batch(draws.uniforms(LINE_BATCH)) });
      }
      updates++;
      updatesHere = isHere(means) ? updatesHere + 1 : 1;
      here = means;
    },
    async frame(means) {
      const [reals, fakes] = [around(means.real, noiseOfReals), around(means.fake, noiseOfFakes)];
      const points = Float32Array.from([...line, ...reals, ...fakes]);
      const discriminator = await measure(players[0]!, points);
      const critic = await measure(players[1]!, points);
      const [onReals, onFakes] = [
        mean(critic.scores.subarray(CURVE_POINTS, CURVE_POINTS + MEASURED)),
        mean(critic.scores.subarray(CURVE_POINTS + MEASURED)),
      ];
      return {
        updates,
        updatesHere: isHere(means) ? updatesHere : 0,
        means,
        discriminator: player(discriminator, 0),
        critic: player(critic, (onReals + onFakes) / 2),
        estimate: onReals - onFakes,
        distance: oneDimensionalDistance({ points: reals, dimension: 1 }, { points: fakes, dimension: 1 }),
      };
    },
    async release() {
      await Promise.all(
        players.flatMap(({ trainer, scorer, descent }) => [trainer.release(), scorer.release(), descent.release()]),
      );
    },
  };
}

function player(
  { scores, told }: { readonly scores: Float32Array; readonly told: Float32Array },
  zero: number,
): Player {
  return {
    values: scores.slice(0, CURVE_POINTS).map((score) => score - zero),
    told: mean(told),
    feedback: mean(told.map(Math.abs)),
  };
}

function along(share: number): number {
  return LINE[0] + (LINE[1] - LINE[0]) * share;
}

function around(center: number, noise: Float32Array): Float32Array {
  return noise.map((z) => center + DEVIATION * z);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
