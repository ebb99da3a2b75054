import type { Dataset } from "../../../src/data/dataset.js";
import { type Device, sizeOf, type TensorData } from "../../../src/engine/index.js";
import { gridOver } from "../../../src/figures/surfaces.js";
import { flowOf } from "../../../src/game/flow.js";
import { descentOf, scorerOf, slopeOf } from "../../../src/game/judging.js";
import type { Model } from "../../../src/game/model.js";
import { samplerOf } from "../../../src/game/sampling.js";
import type { State } from "../../../src/game/state.js";
import { createRng } from "../../../src/random.js";
import { exactTransportSync } from "../../../src/transport/index.js";
import { flowIn } from "./flowIn.js";
import { latentGrid } from "./latents.js";
import { ARROWS, type Frame, type Layer, MANIFOLD_SIDE, type SideFrame, SURFACE_SIDE } from "./protocol.js";

/** Pictures draw from a stream of their own, so that they do not change a run. */
export const PICTURE_STREAM = 0x73747564;

/** How many fakes a frame shows, of points and of images. */
const POINTS = 800;
const IMAGES = 64;
/** How many fakes and reals the transport plan is solved between. */
const PLAN = 128;
/** How many latents and reals are followed through both networks, of points and of images. */
const FLOWING_POINTS = 128;
const FLOWING_IMAGES = 16;

/** What a frame shows of a state. */
export type Picture = Pick<SideFrame, "fakes" | Layer>;

/** Draws one side, in numbers: each program is compiled when it is first needed. */
export interface Pictures {
  draw(state: State<TensorData>, layers: readonly Layer[]): Promise<Picture>;
  release(): Promise<void>;
}

/**
 * Prepares pictures of one side. All sides of a seed show fakes of the same latents, and are matched with the same reals.
 * @param frame of the plane, `null` for images
 */
export function createPictures(
  model: Model,
  data: Dataset,
  frame: Frame | null,
  seed: number,
  device: Device,
): Pictures {
  const { latent, sampleShape } = model.game;
  const rng = createRng(seed ^ PICTURE_STREAM);
  const count = frame ? POINTS : IMAGES;
  const noise = rng.normals(count * latent);
  const latents = shaped([count, latent], noise);
  const real = data.batch(rng, Math.max(PLAN, ARROWS)).sample;
  const flowing = frame ? FLOWING_POINTS : FLOWING_IMAGES;
  const followed = {
    latent: shaped([flowing, latent], noise.slice(0, flowing * latent)),
    real: shaped([flowing, ...sampleShape], real.slice(0, flowing * sizeOf(sampleShape))),
    epsilon: shaped([flowing, 1], rng.uniforms(flowing)),
  };
  const programs = {
    fakes: onDemand(() => samplerOf(model, count, device)),
    surface: onDemand(() => scorerOf(model, SURFACE_SIDE ** 2, device)),
    slope: onDemand(() => slopeOf(model, SURFACE_SIDE ** 2, device)),
    arrows: onDemand(() => descentOf(model, ARROWS, device)),
    manifold: onDemand(() => samplerOf(model, MANIFOLD_SIDE ** 2, device)),
    flow: onDemand(() => flowOf(model, flowing, device)),
  };
  const grid = frame && { x: shaped([SURFACE_SIDE ** 2, 2], gridOver(frame, SURFACE_SIDE)) };
  const manifoldLatents = shaped([MANIFOLD_SIDE ** 2, 2], latentGrid(MANIFOLD_SIDE));

  return {
    async draw(state, layers) {
      const { samples: fakes } = await (await programs.fakes.get()).run(state, { latent: latents });
      const wanted = (layer: Layer) => (layers.includes(layer) ? grid : null);
      const [surface, slope] = [wanted("surface"), wanted("slope")];
      const first = (points: Float32Array) => shaped([ARROWS, ...sampleShape], points.slice(0, ARROWS * 2));
      const arrows = wanted("arrows") && { x: first(fakes), real: first(real) };
      const manifold = wanted("manifold") && { latent: manifoldLatents };
      return {
        fakes,
        surface: surface && (await (await programs.surface.get()).run(state, surface)).scores,
        slope: slope && (await (await programs.slope.get()).run(state, slope)).slope,
        arrows: arrows && (await (await programs.arrows.get()).run(state, arrows)).descent,
        manifold: manifold && (await (await programs.manifold.get()).run(state, manifold)).samples,
        plan: wanted("plan") && planBetween(fakes.subarray(0, 2 * PLAN), real.subarray(0, 2 * PLAN)),
        flow: layers.includes("flow") ? flowIn(followed, await (await programs.flow.get()).run(state, followed)) : null,
      };
    },
    async release() {
      await Promise.allSettled(Object.values(programs).map((program) => program.release()));
    },
  };
}

/** A program that is compiled when it is first asked for, and again after it could not be. */
function onDemand<P extends { release(): Promise<void> }>(compile: () => Promise<P>) {
  let program: Promise<P> | undefined;
  return {
    get(): Promise<P> {
      program ??= compile().catch((error: unknown) => {
        program = undefined;
        throw error;
      });
      return program;
    },
    async release() {
      const last = program;
      program = undefined;
      await (await last)?.release();
    },
  };
}

function shaped(shape: readonly number[], data: Float32Array) {
  return { shape, data };
}

/** The exact optimal transport plan as lines, `[count, 4]`; none where a fake is not finite. */
function planBetween(fakes: Float32Array, real: Float32Array): Float32Array | null {
  if (!fakes.every(Number.isFinite)) return null;
  const { plan } = exactTransportSync({ a: { points: fakes, dimension: 2 }, b: { points: real, dimension: 2 } });
  const ends = [...plan.source].flatMap((source, k) => {
    const target = plan.target[k]!;
    return [fakes[2 * source]!, fakes[2 * source + 1]!, real[2 * target]!, real[2 * target + 1]!];
  });
  return Float32Array.from(ends);
}
