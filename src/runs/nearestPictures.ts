import type { Dataset } from "../data/dataset.js";
import { drawnSamples } from "../data/drawnSamples.js";
import { withMirrored } from "../data/mirrored.js";
import { sizeOf } from "../engine/index.js";
import type { FeatureNetwork } from "../metrics/images/index.js";
import { nearestAmong } from "../metrics/images/nearest.js";
import { amongCount, featuresInChunks, featuresOfDrawn, featuresOfSamples } from "../metrics/images/realFeatures.js";
import { createRng } from "../random.js";
import type { RunConfig } from "./config.js";
import { featuresName, featuresOf } from "./pictureFeatures.js";

/** The training pictures that lie nearest to some samples. */
export interface NearestPictures {
  /** Each sample, and after it the training picture nearest to it: `[2 count, ...sample]`, flat, in training units. */
  readonly pairs: Float32Array;
  /** How many training pictures they were looked for among. */
  readonly among: number;
  /** Whether among the mirrored copies of these, too. */
  readonly isMirrored: boolean;
  /** What tells how near pictures are to each other: "pixels", or the network that looks at them. */
  readonly by: string;
}

/** Samples whose features are computed at a time. */
const CHUNK = 500;

/**
 * Finds the training picture nearest to each sample, among 10,000 that the run's seed chooses (fewer of large ones): by the features that
 * its evaluations compare pictures by, or by pixels where they do not. Where training mirrors pictures, mirrored copies count as well.
 * @param samples in training units, `[count, ...sample]`, flat
 * @throws InputError where the feature network cannot be opened or take such pictures
 */
export async function nearestPictures(
  config: RunConfig,
  data: Dataset,
  samples: Float32Array,
): Promise<NearestPictures> {
  const size = sizeOf(data.fields.sample.shape);
  const network = (await featuresOf(config, data)?.()) ?? pixels;
  try {
    const of = await featuresInChunks(samples.length / size, CHUNK, (start, end) =>
      featuresOfSamples(network, data, samples.subarray(start * size, end * size)),
    );
    const drawn = drawnSamples(data, createRng(config.seed), amongCount(network, data, of.dimension));
    const among = withMirrored(data, drawn);
    const { places } = await nearestAmong(of, await featuresOfDrawn(network, data, among));
    const pairs = new Float32Array(2 * samples.length);
    for (const [i, place] of places.entries()) {
      pairs.set(samples.subarray(i * size, (i + 1) * size), 2 * i * size);
      pairs.set(among.some(place, place + 1).sample, (2 * i + 1) * size);
    }
    return {
      pairs,
      among: drawn.count,
      isMirrored: data.isMirrored === true,
      by: featuresName(config, data) ?? "pixels",
    };
  } finally {
    await network.release();
  }
}

/** What stands for a network where there is none: the pixels themselves. */
const pixels: Pick<FeatureNetwork, "features" | "release" | "format"> = {
  format: {
    layout: "nhwc",
    range: "0..255",
    channels: undefined,
    height: undefined,
    width: undefined,
    batch: undefined,
  },
  async features({ shape, bytes }) {
    const dimension = sizeOf(shape);
    return { values: Float32Array.from(bytes), count: bytes.length / dimension, dimension };
  },
  release: async () => {},
};
