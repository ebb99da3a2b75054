import { join } from "node:path";
import { decode } from "../../data/codecs/index.js";
import type { Dataset } from "../../data/dataset.js";
import { sizeOf } from "../../engine/index.js";
import { writeFileAtomically } from "../../files.js";
import { emd as exactDistance } from "../../metrics/exactDistances.js";
import { modeCoverage } from "../../metrics/modes.js";
import { createRng } from "../../random.js";
import { runName } from "../../runs/keptRuns.js";
import { runPairings } from "../../runs/pairingRuns.js";
import { emd } from "../../transport/index.js";
import type { Figures } from "./results.js";
import type { TrialWork } from "./trials.js";

/** Points on each side of the exact Earth mover's distance, as at an evaluation. */
const EMD_POINTS = 1000;

/**
 * Trains and judges generators of points, several at a time. The samples of each are kept beside the results, in the protocol's units,
 * so that anyone can count again.
 */
export async function pointTrials(work: TrialWork): Promise<void> {
  const { configs, data, out, samples: count, keep, workers, modules, signal } = work;
  await runPairings(configs, data, {
    workers,
    modules,
    signal,
    onProgress({ loss, seed, ...progress }) {
      const place = 1 + configs.findIndex((config) => config.loss === loss && config.seed === seed);
      work.onProgress?.({ name: `${loss} ${seed} (${place} of ${configs.length})`, ...progress });
    },
    async onOutcome({ result, samples }, config) {
      const judged = samples.subarray(0, count * sizeOf(data.fields.sample.shape));
      const { iterations, seconds, stopped } = result;
      await writeFileAtomically(samplesFile(out, config), tableOf(decode(data.codec, judged)));
      await keep({ config, iterations, seconds, stopped, ...coverageOf(judged, data), emd: exactDistance.of(result) });
    },
  });
}

/** What as many real samples get, and the distance between two sets of them. */
export function realPoints(data: Dataset, count: number): Figures {
  const rng = createRng(0);
  const coverage = coverageOf(data.batch(rng, count).sample, data);
  const dimension = sizeOf(data.fields.sample.shape);
  const points = () => ({ points: data.batch(rng, EMD_POINTS).sample, dimension });
  return { ...coverage, emd: emd(points(), points()) };
}

/** Where the samples of a trial are kept, in the protocol's units. */
export function samplesFile(out: string, trial: { readonly loss: string; readonly seed: number }): string {
  return join(out, "samples", `${runName(trial)}.csv`);
}

function coverageOf(samples: Float32Array, { modes }: Dataset): Omit<Figures, "emd"> {
  const { captured, highQualityShare } = modeCoverage(samples, modes!);
  return { modes: captured, highQualityShare, klDivergence: null };
}

function tableOf(points: Float64Array): string {
  const rows = Array.from({ length: points.length / 2 }, (_, i) => `${points[2 * i]},${points[2 * i + 1]}\n`);
  return `x,y\n${rows.join("")}`;
}
