import { join } from "node:path";
import type { Dataset } from "../../data/dataset.js";
import { imageGrid } from "../../figures/imageGrid.js";
import { writeFileAtomically } from "../../files.js";
import type { Model } from "../../game/model.js";
import { drawSamplerInputs, fixedSampler, generateSamples } from "../../game/sampling.js";
import { createRng } from "../../random.js";
import type { RunConfig } from "../../runs/config.js";
import { runName, runToKeep } from "../../runs/keptRuns.js";
import { trainRun } from "../../runs/trainRun.js";
import type { Figures, Trial } from "./results.js";
import { type Classify, drawnModes } from "./stackedLabels.js";
import type { TrialWork, WorkControl } from "./trials.js";

/** Images generated or drawn at once. */
const CHUNK = 200;
/** Images in the picture of a trial, and in a row of it. */
const SHOWN = 100;
const COLUMNS = 10;
/** Judged samples come from a stream of their own: what a run was trained on depends on its seed alone. */
const JUDGING_STREAM = 0x6d6f6465;

/** A generator, and how it came about. */
type Trained = Pick<Trial, "config" | "iterations" | "seconds" | "stopped"> & { readonly model: Model };

/**
 * Trains and judges generators of stacked digits, one after the other. Each is a run in a folder of its own, with checkpoints: one that
 * was stopped is gone on with, and `monge sample` and `monge export` take it.
 * @throws InputError where such a folder holds a run of other settings
 */
export async function stackedTrials(
  { configs, data, out, samples, keep, ...control }: TrialWork,
  classify: Classify,
): Promise<void> {
  for (const config of configs) {
    const { model, ...run } = await trained(config, data, join(out, runName(config)), control);
    const figures = await judgeModel(model, config, samples, classify, control);
    await writeFileAtomically(pictureFile(out, config), await pictureOf(model, config));
    await keep({ ...run, ...figures });
  }
}

/** Judges `count` samples of a generator. */
export async function judgeModel(
  model: Model,
  { loss, seed, device }: RunConfig,
  count: number,
  classify: Classify,
  control: WorkControl,
): Promise<Figures> {
  const rng = createRng(seed ^ JUDGING_STREAM);
  const sampler = await fixedSampler(model, CHUNK, { device });
  const draw = () => sampler.run(drawSamplerInputs(model.game, CHUNK, rng));
  const figures = await judged(`${loss} ${seed}`, draw, count, classify, control);
  await sampler.release();
  return figures;
}

/** Judges `count` held-out real samples, whose digits the classifier has not been trained on. */
export async function realStacked(
  data: Dataset,
  count: number,
  classify: Classify,
  control: WorkControl,
): Promise<Figures> {
  const rng = createRng(0);
  return await judged("real", () => data.heldOut!.batch(rng, CHUNK).sample, count, classify, control);
}

/** A hundred samples of a trial as a PNG. */
export async function pictureOf(model: Model, { seed, device }: RunConfig): Promise<Buffer> {
  const samples = await generateSamples(model, SHOWN, createRng(seed), { device });
  return await imageGrid(samples, model.game.sampleShape, COLUMNS, { scale: 2 });
}

/** Where the picture of a trial is kept. */
export function pictureFile(out: string, config: RunConfig): string {
  return join(out, `samples-${runName(config)}.png`);
}

async function judged(
  name: string,
  draw: () => Float32Array | Promise<Float32Array>,
  count: number,
  classify: Classify,
  { signal, onProgress }: WorkControl,
): Promise<Figures> {
  const { captured, klDivergence } = await drawnModes(draw, count, classify, {
    signal,
    onProgress: (done) => onProgress?.({ name: `${name}: samples judged`, iteration: done, iterations: count }),
  });
  return { modes: captured, highQualityShare: null, emd: null, klDivergence };
}

/** Trains to the end what the folder does not hold trained to the end. */
async function trained(
  config: RunConfig,
  data: Dataset,
  directory: string,
  { signal, onProgress }: WorkControl,
): Promise<Trained> {
  const run = await runToKeep(directory, config, data);
  const { iterations } = config;
  const report = { name: `${config.loss} ${config.seed}`, iterations };
  for await (const event of trainRun(run, { signal })) {
    if (event.type === "step") onProgress?.({ ...report, iteration: event.iteration });
    if (event.type === "evaluation") {
      onProgress?.({ ...report, iteration: event.evaluation.iteration, evaluation: event.evaluation });
    }
    if (event.type === "stopped") throw signal?.reason;
    if (event.type === "end" || event.type === "diverged") {
      const { iteration, seconds } = event.progress;
      const stopped = event.type === "diverged" ? event.message : null;
      return { config, model: event.model, iterations: iteration, seconds, stopped };
    }
  }
  throw new Error("a run ended without saying how");
}
