import { quantile } from "../quantile.js";
import type { ComparedPictures } from "./images/comparedPictures.js";
import type { FeatureSet } from "./images/featureSet.js";
import { frechetDistance as frechet } from "./images/frechet.js";
import { kernelDistance as kernel } from "./images/kernelDistance.js";
import { manifoldMetrics } from "./images/manifold.js";
import { nearestAmong } from "./images/nearest.js";
import type { RealFeatures } from "./images/realFeatures.js";
import type { Circumstances, Measurement } from "./measurement.js";
import { type Metric, type MetricFacts, metric, shared } from "./metric.js";

/** The share of held-out pictures that lie closer to a training picture than "near" reaches. */
const NEAR = 0.05;
const REAL = "real against real";

type Quality = Awaited<ReturnType<typeof qualityOf>>;

/** How the fakes are, and how as many training pictures would be: what no generator can be better than, but by chance. */
const quality = shared(async ({ pictures }: Measurement) => {
  const compared = await pictures();
  return compared && (await qualityOf(compared.real.heldOut, compared.fakes));
});
const ofReal = shared(async ({ heldOut, training }: RealFeatures) => training && (await qualityOf(heldOut, training)));
const floor = async ({ pictures }: Measurement) => {
  const compared = await pictures();
  return compared && (await ofReal(compared.real));
};

async function qualityOf(real: FeatureSet, fake: FeatureSet) {
  const { mean } = await kernel(real, fake, { subsets: 1, subsetSize: Math.min(real.count, fake.count) });
  return {
    frechetDistance: await frechet(real, fake),
    kernelDistance: mean,
    ...(await manifoldMetrics(real, fake)),
  };
}

const applies = ({ data }: Circumstances) => data.kind === "images";

type Given = Pick<MetricFacts, "title" | "head" | "summary" | "better"> &
  Partial<Pick<MetricFacts, "label" | "formula" | "source" | "places" | "notation" | "chart">>;

/** A figure of the pictures, and the same of real ones, as the line that it is compared with. */
function withFloor(name: keyof Quality, { chart, ...given }: Given): readonly [Metric<number>, Metric<number>] {
  const floorName = `${name}Floor`;
  return [
    metric({
      ...given,
      name,
      chart: { ...chart, reference: { at: floorName, text: REAL } },
      applies,
      measure: async (measurement) => (await quality(measurement))?.[name] ?? null,
    }),
    metric({
      name: floorName,
      title: `${given.title}, ${REAL}`,
      summary: `The same of as many training pictures, against the same held-out ones.`,
      places: [],
      ...(given.notation && { notation: given.notation }),
      applies,
      measure: async (measurement) => (await floor(measurement))?.[name] ?? null,
    }),
  ];
}

const DETAIL = ["table", "differences", "runs", "chart", "studioTable", "studioChart"] as const;
const MAIN = [...DETAIL, "progress", "tiles"] as const;
const share = { style: "share" } as const;

export const [frechetDistance, frechetDistanceFloor] = withFloor("frechetDistance", {
  title: "Frechet distance",
  head: "Frechet",
  summary:
    "How far features of fakes are from those of held-out pictures, by their means and covariances; FID with another network.",
  formula: String.raw`\lVert\mu_x-\mu_y\rVert^2 + \operatorname{tr}\left(C_x + C_y - 2(C_x C_y)^{1/2}\right)`,
  source: "Heusel et al. 2017, arXiv:1706.08500",
  better: "lower",
  places: MAIN,
  chart: { scale: "logarithmic" },
});

export const [kernelDistance, kernelDistanceFloor] = withFloor("kernelDistance", {
  title: "Kernel distance",
  head: "KID",
  summary:
    "The squared maximum mean discrepancy of features of fakes and of held-out pictures; not biased, so perhaps below 0.",
  source: "Bińkowski et al. 2018, arXiv:1801.01401",
  better: { near: 0 },
  places: DETAIL,
});

export const [precision, precisionFloor] = withFloor("precision", {
  title: "Precision of pictures",
  label: "Precision",
  head: "precision",
  summary: "Share of the fakes that lie among held-out pictures: whether they look right.",
  source: "Kynkäänniemi et al. 2019, arXiv:1904.06991",
  better: "higher",
  places: [...DETAIL, "tiles"],
  notation: share,
});

export const [recall, recallFloor] = withFloor("recall", {
  title: "Recall of pictures",
  label: "Recall",
  head: "recall",
  summary: "Share of the held-out pictures that lie among fakes: whether any kind is missing.",
  source: "Kynkäänniemi et al. 2019, arXiv:1904.06991",
  better: "higher",
  places: DETAIL,
  notation: share,
});

export const [density, densityFloor] = withFloor("density", {
  title: "Density of pictures",
  label: "Density",
  head: "density",
  summary: "How densely held-out pictures lie around a fake, 1 where both are alike.",
  source: "Naeem et al. 2020, arXiv:2002.09797",
  better: "higher",
  places: DETAIL,
});

export const [coverage, coverageFloor] = withFloor("coverage", {
  title: "Coverage of pictures",
  label: "Coverage",
  head: "coverage",
  summary: "Share of the held-out pictures with a fake nearby.",
  source: "Naeem et al. 2020, arXiv:2002.09797",
  better: "higher",
  places: MAIN,
  notation: share,
});

/** How near a held-out picture lies to a training picture, where it lies nearer than nearly all. */
const nearReach = shared(async ({ heldOut, among, training }: RealFeatures) => {
  if (!training) return null;
  const { distances } = await nearestAmong(heldOut, among);
  return quantile(distances.toSorted(), NEAR);
});

/** The share of fakes as near to a training picture as few held-out ones are; `null` where nothing is held out. */
export async function nearCopyShare({ real, fakes }: ComparedPictures): Promise<number | null> {
  const near = await nearReach(real);
  if (near === null) return null;
  const { distances } = await nearestAmong(fakes, real.among);
  return distances.filter((distance) => distance <= near).length / fakes.count;
}

/** How many fakes lie as near to a training picture as few held-out pictures do. */
export const nearCopies = metric({
  name: "nearCopies",
  title: "Near copies of training pictures",
  label: "Near copies",
  head: "copies",
  summary:
    "Share of fakes as close to a training picture as the closest 5 % of held-out ones are; above, pictures are remembered.",
  better: { near: NEAR },
  places: ["table", "tiles", "runs", "chart", "studioTable", "studioChart"],
  notation: share,
  chart: { reference: { at: NEAR, text: "held-out pictures" } },
  applies,
  measure: async ({ pictures }) => {
    const compared = await pictures();
    return compared && (await nearCopyShare(compared));
  },
});

/** How different fakes are from each other: near 0 where they are all alike. */
export const pictureSpread = metric({
  name: "pictureSpread",
  title: "Spread of pictures",
  label: "Spread",
  head: "spread",
  summary: "Root mean square distance between the pixels of two fakes, over that of two held-out pictures.",
  better: { near: 1 },
  places: ["runs", "chart", "studioChart"],
  chart: { reference: { at: 1, text: REAL } },
  applies,
  measure: ({ samples, reals }) => {
    const [real] = reals.heldOut;
    const known = real ? spreadOf(real.sample, reals.size) : 0;
    return known > 0 ? spreadOf(samples, reals.size) / known : null;
  },
});

/** The root mean square distance of two different samples: of n, the mean of all squares is 2 / (n - 1) times their squares from the centre. */
export function spreadOf(samples: Float32Array, size: number): number {
  const count = samples.length / size;
  if (count < 2) return 0;
  const center = new Float64Array(size);
  for (let i = 0; i < samples.length; i++) center[i % size]! += samples[i]! / count;
  let squares = 0;
  for (let i = 0; i < samples.length; i++) squares += (samples[i]! - center[i % size]!) ** 2;
  return Math.sqrt((2 * squares) / (count - 1));
}
