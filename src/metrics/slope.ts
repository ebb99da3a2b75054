import { mean } from "./mean.js";
import type { Measurement } from "./measurement.js";
import { metric, shared } from "./metric.js";

const formula = String.raw`\lVert \nabla_{\hat x} c(\hat x) \rVert_2, \quad \hat x = \epsilon x + (1 - \epsilon) G(z)`;
const source = "Gulrajani et al. 2017, arXiv:1704.00028, equation 3";

const ascending = shared(async ({ onHeldOut }: Measurement) => (await onHeldOut()).slope.toSorted());

/** The mean slope of the critic, which a constraint holds near or below 1. */
export const slopeMean = metric({
  name: "slopeMean",
  title: "Slope of the output, mean",
  label: "Slope, mean",
  head: "slope",
  summary: "The norm of d(critic's output)/d(sample) at points between real and generated samples, mean.",
  ...{ formula, source },
  about: "training",
  places: ["table", "tiles", "differences", "runs", "chart", "studioTable", "studioChart"],
  notation: { digits: 2 },
  chart: { scale: "logarithmic", reference: { at: 1, text: "slope 1" } },
  measure: async (measurement) => mean(await ascending(measurement)),
});

export const slopeP99 = metric({
  name: "slopeP99",
  title: "Slope of the output, 99th percentile",
  label: "Slope, 99 % below",
  summary: "The slope that 99 % of those points do not exceed.",
  ...{ formula, source },
  about: "training",
  places: [],
  measure: async (measurement) => {
    const slopes = await ascending(measurement);
    return slopes[Math.floor(0.99 * (slopes.length - 1))] ?? null;
  },
});

export const slopeMax = metric({
  name: "slopeMax",
  title: "Slope of the output, largest",
  label: "Slope, largest",
  summary: "The largest slope at those points.",
  ...{ formula, source },
  about: "training",
  places: ["differences", "runs"],
  measure: async (measurement) => (await ascending(measurement)).at(-1) ?? null,
});
