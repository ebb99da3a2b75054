import type { Dataset } from "../../../src/data/dataset.js";
import type { Device, TensorData } from "../../../src/engine/index.js";
import { gridOver } from "../../../src/figures/surfaces.js";
import { descentOf, type Model, type ModelProgram, samplerOf, scorerOf, slopeOf } from "../../../src/game/model.js";
import type { State } from "../../../src/game/step.js";
import { createRng } from "../../../src/random.js";
import { exactTransportSync } from "../../../src/transport/index.js";
import { latentGrid } from "./latents.js";
import { ARROWS, type Frame, type Layer, MANIFOLD_SIDE, type SideFrame, SURFACE_SIDE } from "./protocol.js";

/** Pictures draw from a stream of their own, so that they do not change a run. */
export const PICTURE_STREAM = 0x73747564;

/** How many fakes a frame shows, of points and of images. */
const POINTS = 800;
const IMAGES = 64;
/** How many fakes and reals the transport plan is solved between. */
const PLAN = 128;

/** What a frame shows of a state. */
export type Picture = Pick<SideFrame, "fakes" | Layer>;

/** Draws one side, in numbers: each program is compiled when it is first needed. */
export interface Pictures {
  draw(state: State, layers: readonly Layer[]): Promise<Picture>;
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
  const { latent, sampleShape } = model.parts;
  const rng = createRng(seed ^ PICTURE_STREAM);
  const count = frame ? POINTS : IMAGES;
  const latents = shaped([count, latent], rng.normals(count * latent));
  const real = data.batch(rng, Math.max(PLAN, ARROWS)).sample;
  const programs = new Map<string, Promise<ModelProgram>>();

  async function run(
    output: string,
    make: () => Promise<ModelProgram>,
    state: State,
    inputs: Record<string, TensorData>,
  ) {
    const program = programs.get(output) ?? make();
    programs.set(output, program);
    program.catch(() => programs.delete(output));
    return Object.values(await (await program).run(state, inputs))[0]!;
  }

  const grid = frame && shaped([SURFACE_SIDE ** 2, 2], gridOver(frame, SURFACE_SIDE));
  const manifoldLatents = shaped([MANIFOLD_SIDE ** 2, 2], latentGrid(MANIFOLD_SIDE));

  return {
    async draw(state, layers) {
      const fakes = await run("fakes", () => samplerOf(model, count, device), state, { latent: latents });
      const drawn = async <T>(layer: Layer, draw: () => T | Promise<T>) =>
        grid && layers.includes(layer) ? draw() : null;
      const first = shaped([ARROWS, ...sampleShape], fakes.slice(0, ARROWS * 2));
      const reals = shaped([ARROWS, ...sampleShape], real.slice(0, ARROWS * 2));
      return {
        fakes,
        surface: await drawn("surface", () =>
          run("surface", () => scorerOf(model, SURFACE_SIDE ** 2, device), state, { x: grid! }),
        ),
        slope: await drawn("slope", () =>
          run("slope", () => slopeOf(model, SURFACE_SIDE ** 2, device), state, { x: grid! }),
        ),
        arrows: await drawn("arrows", () =>
          run("arrows", () => descentOf(model, ARROWS, device), state, { x: first, real: reals }),
        ),
        manifold: await drawn("manifold", () =>
          run("manifold", () => samplerOf(model, MANIFOLD_SIDE ** 2, device), state, { latent: manifoldLatents }),
        ),
        plan: await drawn("plan", () => planBetween(fakes.subarray(0, 2 * PLAN), real.subarray(0, 2 * PLAN))),
      };
    },
    async release() {
      await Promise.allSettled([...programs.values()].map(async (program) => (await program).release()));
      programs.clear();
    },
  };
}

function shaped(shape: readonly number[], data: Float32Array): TensorData {
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
