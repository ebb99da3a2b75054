import type { Dataset } from "../../data/dataset.js";
import { sizeOf, type TensorData } from "../../engine/index.js";
import type { Game } from "../../game/game.js";
import type { SamplerInputs } from "../../game/generator.js";
import { drawSamplerInputs } from "../../game/sampling.js";
import { createRng } from "../../random.js";
import type { FeatureNetwork } from "./featureNetwork.js";
import type { FeatureSet } from "./featureSet.js";
import {
  drawRealPictures,
  featuresInChunks,
  featuresOfSamples,
  type RealFeatures,
  realFeatures,
} from "./realFeatures.js";

/** The features of fakes and of the real pictures that they are compared with. */
export interface ComparedPictures {
  /** The same object at every evaluation of a run. */
  readonly real: RealFeatures;
  /** Of as many fakes as there are held-out pictures, from the same latents at every evaluation. */
  readonly fakes: FeatureSet;
}

/** What compares the pictures of a run with real ones again and again. */
export interface PictureComparer {
  /**
   * @param make makes samples, `[chunk, ...sample]`, flat
   * @returns `null` where there are too few pictures
   */
  compare(make: (inputs: SamplerInputs<TensorData>) => Promise<Float32Array>): Promise<ComparedPictures | null>;
  release(): Promise<void>;
}

/** The pictures come from a stream of their own, so that what else is measured does not depend on them. */
const STREAM = 0x70696373;

/**
 * Prepares to compare pictures by the features of a network, which it releases in the end. Fakes are asked for what the held-out picture
 * beside each has.
 * @param chunk samples that are made at a time
 * @throws InputError where the network cannot take such pictures
 */
export async function createPictureComparer(
  network: FeatureNetwork,
  data: Dataset,
  { game, seed, chunk }: { readonly game: Game; readonly seed: number; readonly chunk: number },
): Promise<PictureComparer> {
  const rng = createRng(seed ^ STREAM);
  const pictures = await drawRealPictures(network, data, rng).catch(async (error: unknown) => {
    await network.release();
    throw error;
  });
  const count = pictures?.heldOut.count ?? 0;
  const inputs = Array.from({ length: Math.ceil(count / chunk) }, (_, k) => {
    const beside = pictures?.heldOut.some(k * chunk, Math.min((k + 1) * chunk, count)).condition;
    return drawSamplerInputs(game, chunk, rng, beside && filledUp(beside, chunk, game));
  });
  let real: Promise<RealFeatures> | undefined;
  return {
    async compare(make) {
      if (!pictures) return null;
      real ??= realFeatures(network, data, pictures);
      const known = await real;
      const fakes = await featuresInChunks(count, chunk, async (start, end) => {
        const samples = await make(inputs[start / chunk]!);
        return await featuresOfSamples(network, data, samples.subarray(0, ((end - start) * samples.length) / chunk));
      });
      return { real: known, fakes };
    },
    release: () => network.release(),
  };
}

/** Conditions for a whole chunk, of which only the first ones count. */
function filledUp(conditions: Float32Array, chunk: number, { conditionShape }: Game): Float32Array {
  const width = sizeOf(conditionShape ?? [0]);
  return Float32Array.from({ length: chunk * width }, (_, i) => conditions[i % conditions.length]!);
}
