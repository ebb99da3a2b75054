import type { Batch } from "../data/dataset.js";
import { emd as exactDistance } from "../transport/index.js";
import { mean } from "./mean.js";
import type { Circumstances, Measurement, RealSamples } from "./measurement.js";
import { metric, shared } from "./metric.js";
import { UNITS } from "./units.js";

/** Above this many dimensions a distance between samples of this size says little. */
const LARGEST_DIMENSION = 3;

/** The exact distances at one evaluation; `null` where nothing is held out that they could be measured from. */
export interface ExactFigures {
  readonly emd: number;
  readonly emdFloor: number | null;
  readonly debiasedEmd: number | null;
}

/** Real points that distances are measured from; each set is flat, `[n, dimension]`, with the same n. */
export interface RealPoints {
  /** Fakes are compared with these. */
  readonly heldOut: readonly Float32Array[];
  /** As many others, independent of them; `null` where nothing is held out, so that there are none. */
  readonly others: readonly Float32Array[] | null;
}

/** Whether the exact distance between samples says something of the distance between their distributions. */
export function measuresExactly({ game: { sampleShape }, data }: Circumstances): boolean {
  const [dimension = 0] = sampleShape;
  return data.kind === "points" && dimension <= LARGEST_DIMENSION;
}

/**
 * The exact Earth mover's distance between real and fake samples, together with what is due to chance. Two samples of one distribution
 * are never the same points, so a distance between samples has a floor. With real samples R_k, others R'_k and fakes F_k:
 *
 *     emd         = mean EMD(R_k, F_k)
 *     emdFloor    = mean EMD(R_k, R'_k)
 *     debiasedEmd = emd - emdFloor / 2 - mean EMD(F_k, F_(k+1)) / 2
 *
 * as the Sinkhorn divergence (Feydy et al. 2019, arXiv:1810.08278) does with its cost. The last is 0 on average where both distributions
 * are the same. Where they are far apart chance adds less to `emd` than is taken off, so it is then somewhat too small.
 * @param dimension coordinates of a point
 * @returns a function of the fakes, two sets at least, as many as there are sets of real samples and of their size
 */
export function exactDistances(
  { heldOut, others }: RealPoints,
  dimension: number,
): (fakes: readonly Float32Array[]) => ExactFigures {
  const between = (as: readonly Float32Array[], bs: readonly Float32Array[]) =>
    mean(bs.flatMap((b, k) => (as[k] ? [exactDistance({ points: as[k], dimension }, { points: b, dimension })] : [])));
  const floor = others && between(heldOut, others);
  return (fakes) => {
    const distance = between(heldOut, fakes);
    const debiased = floor === null ? null : distance - floor / 2 - between(fakes, fakes.slice(1)) / 2;
    return { emd: distance, emdFloor: floor, debiasedEmd: debiased };
  };
}

const pointsOf = (sets: readonly Batch[]) => sets.map(({ sample }) => sample);
const ofRun = shared(({ heldOut, others, size }: RealSamples) =>
  exactDistances({ heldOut: pointsOf(heldOut), others: others && pointsOf(others) }, size),
);
const exact = shared(({ reals, fakes }: Measurement) => ofRun(reals)(pointsOf(fakes)));

/** The exact distance less what chance adds to it. Near 0, perhaps below it, where the generator is perfect. */
export const debiasedEmd = metric({
  name: "debiasedEmd",
  title: "Exact distance, debiased",
  label: "Debiased",
  head: "debiased",
  summary:
    "The EMD less what chance adds to it, half of that of real from real and half of that of fake from fake samples.",
  formula: String.raw`\overline{W_1(R_k, F_k)} - \tfrac12 \overline{W_1(R_k, R'_k)} - \tfrac12 \overline{W_1(F_k, F_{k+1})}`,
  source: "Feydy et al. 2019, arXiv:1810.08278",
  unit: UNITS,
  better: { near: 0 },
  places: ["table", "differences", "runs", "studioTable", "studioChart"],
  applies: measuresExactly,
  measure: (measurement) => exact(measurement).debiasedEmd,
});

/** The exact distance between real and generated samples. */
export const emd = metric({
  name: "emd",
  title: "Exact Earth mover's distance",
  label: "Exact distance",
  head: "EMD",
  summary: "The exact Earth mover's distance between held-out real samples and fakes.",
  formula: String.raw`\overline{W_1(R_k, F_k)}`,
  unit: UNITS,
  better: "lower",
  chart: { scale: "logarithmic", reference: { at: "emdFloor", text: "floor" } },
  applies: measuresExactly,
  measure: (measurement) => exact(measurement).emd,
});

/** The exact distance between two independent real samples of that size: no `emd` says anything below it. */
export const emdFloor = metric({
  name: "emdFloor",
  title: "Its floor: two real samples of that size",
  label: "Its floor",
  head: "floor",
  summary: "The EMD between two real samples of that size; a smaller difference may be chance.",
  formula: String.raw`\overline{W_1(R_k, R'_k)}`,
  unit: UNITS,
  places: ["table", "tiles", "differences", "runs", "studioTable"],
  applies: measuresExactly,
  measure: (measurement) => exact(measurement).emdFloor,
});

/**
 * Whether a difference between distances says anything. As far as two real samples of that size are apart, chance may be all of it.
 * @param floor `null` where it was not measured: then every difference counts
 */
export function exceedsFloor(difference: number, floor: number | null): boolean {
  return floor === null || Math.abs(difference) > floor;
}
