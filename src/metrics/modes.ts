import type { Dataset } from "../data/dataset.js";

/** How many of a distribution's modes a generator's samples reach, and how many samples lie near one. */
export interface ModeCoverage {
  /** Modes with at least one high-quality sample. */
  readonly captured: number;
  /** How many modes there are. */
  readonly total: number;
  /** Share of high-quality samples, 0 to 1. */
  readonly highQualityShare: number;
  /** High-quality samples at each mode, in the order of the modes' centers. */
  readonly perMode: Int32Array;
}

const HIGH_QUALITY_DEVIATIONS = 3;

/**
 * Mode coverage by the protocol of VEEGAN (Srivastava et al. 2017, arXiv:1705.07761, section 4.1) and PacGAN (Lin et al. 2018,
 * arXiv:1712.04086, section 4.1): a sample is of high quality when its Euclidean distance to its nearest mode is at most 3 standard
 * deviations; a mode is captured when it is the nearest of at least one high-quality sample. Both papers draw 2,500 samples. In
 * two dimensions 1 - exp(-9/2) = 98.9 % of the true distribution's own samples are of high quality.
 * @param samples `[count, dimension]`, flat, in the units of the modes; a sample that is not finite is near no mode
 * @param modes centers `[total, dimension]` and the one standard deviation of all modes
 * @throws RangeError where `samples` is empty or no whole number of points, a center is not finite or of another dimension than the
 * first, or the deviation is not a finite number from 0
 */
export function modeCoverage(samples: Float32Array, modes: NonNullable<Dataset["modes"]>): ModeCoverage {
  const { centers, deviation } = modes;
  const dimension = centers[0]?.length ?? 0;
  const count = samples.length / dimension;
  if (!(count >= 1 && Number.isInteger(count))) {
    throw new RangeError(`${samples.length} numbers are not a set of points of dimension ${dimension}`);
  }
  checkModes(modes, dimension);
  const perMode = new Int32Array(centers.length);
  const farthest = (HIGH_QUALITY_DEVIATIONS * deviation) ** 2;
  let highQuality = 0;
  for (let start = 0; start < samples.length; start += dimension) {
    let nearest = -1;
    let nearestDistance = Number.POSITIVE_INFINITY;
    centers.forEach((center, mode) => {
      const distance = center.reduce((sum, x, axis) => sum + (samples[start + axis]! - x) ** 2, 0);
      if (distance < nearestDistance) [nearest, nearestDistance] = [mode, distance];
    });
    if (nearestDistance > farthest) continue;
    perMode[nearest]!++;
    highQuality++;
  }
  const captured = perMode.reduce((modesHit, hits) => modesHit + Number(hits > 0), 0);
  return { captured, total: centers.length, highQualityShare: highQuality / count, perMode };
}

function checkModes({ centers, deviation }: NonNullable<Dataset["modes"]>, dimension: number): void {
  if (!(deviation >= 0 && Number.isFinite(deviation)))
    throw new RangeError(`${deviation} is not a deviation of a mode`);
  for (const [mode, center] of centers.entries()) {
    if (center.length !== dimension)
      throw new RangeError(`center ${mode + 1} has ${center.length} numbers where the first has ${dimension}`);
    const odd = center.findIndex((x) => !Number.isFinite(x));
    if (odd >= 0) throw new RangeError(`number ${odd + 1} of center ${mode + 1} is ${center[odd]}, and not finite`);
  }
}
