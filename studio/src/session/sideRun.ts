import type { Dataset } from "../../../src/data/dataset.js";
import type { Device } from "../../../src/engine/index.js";
import { generatorModel } from "../../../src/game/generator.js";
import { latentArc } from "../../../src/game/latentArc.js";
import type { Model } from "../../../src/game/model.js";
import { samplerOf } from "../../../src/game/sampling.js";
import { createEvaluator, type Evaluator } from "../../../src/metrics/evaluate.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { createRng } from "../../../src/random.js";
import { exportMetadata } from "../../../src/runs/exportMetadata.js";
import {
  createTrainer,
  type Losses,
  type Position,
  type Trainer,
  type TrainerOptions,
} from "../../../src/training/trainer.js";
import type { Settings, Side } from "../settings/settings.js";
import { EVALUATED } from "./evaluated.js";
import { sideOptions } from "./options.js";
import { createPictures, type Pictures } from "./pictures.js";
import type { Frame, Layer, SideFrame, Snapshot, StepKind } from "./protocol.js";

/** What one side trains and shows. */
export interface SideRun {
  /** @throws Divergence */
  advance(what: StepKind): Promise<void>;
  frame(layers: readonly Layer[]): Promise<SideFrame>;
  evaluate(): Promise<Evaluation>;
  /** Goes on from the same state with other live settings. */
  change(settings: Settings): Promise<void>;
  /** Goes on from where it was last seen on another device. */
  moveTo(device: Device): Promise<void>;
  interpolate(seed: number, steps: number): Promise<Float32Array>;
  snapshot(): Promise<Snapshot>;
  exportGenerator(): Promise<{ readonly iteration: number; readonly model: Uint8Array }>;
  release(): Promise<void>;
}

export interface SideRunOptions {
  readonly settings: Settings;
  readonly side: Side;
  readonly data: Dataset;
  /** Of the plane, `null` for images. */
  readonly frame: Frame | null;
  readonly device: Device;
  /** Where it goes on from; `null`: from its beginning. */
  readonly from: Snapshot | null;
}

/**
 * Begins one side.
 * @throws InputError where a setting is out of range
 */
export async function createSideRun({ settings, side, data, frame, from, ...first }: SideRunOptions): Promise<SideRun> {
  const { seed } = settings;
  let { device } = first;
  let options: TrainerOptions = { ...sideOptions(settings, side, data), device };
  let trainer: Trainer = await createTrainer(options, from ?? undefined);
  /** Where it stood when that was last looked at: from here it goes on where a device was lost with all that lay on it. */
  let seen: Position = await trainer.snapshot();
  const look = async () => {
    seen = await trainer.snapshot();
    return seen;
  };
  const model = (): Model => ({ game: trainer.game, layout: trainer.layout, state: seen.state });
  let pictures: Pictures = createPictures(model(), data, frame, seed, device);
  let evaluator: Evaluator | undefined;
  let losses: Losses | null = null;
  let seconds = from?.seconds ?? 0;

  return {
    async advance(what) {
      const began = performance.now();
      if (what === "critic") await trainer.updateCritic();
      else if (what === "generatorAlone") await trainer.updateGenerator();
      else losses = await trainer.iterate();
      seconds += (performance.now() - began) / 1000;
    },
    async frame(layers) {
      const { iteration, criticUpdates, state } = await look();
      return {
        iteration,
        criticUpdates,
        losses: losses && { critic: losses.criticLoss, generator: losses.generatorLoss, value: losses.value },
        output: options.loss.output,
        ...(await pictures.draw(state, layers)),
      };
    },
    async evaluate() {
      const { state, iteration } = await look();
      evaluator ??= await createEvaluator(model(), data, { seed, device, ...EVALUATED });
      return (await evaluator.measure(state, iteration, seconds)).evaluation;
    },
    async change(settings) {
      const next = sideOptions(settings, side, data);
      const { constraint } = options.critic;
      // A constraint that is as it was need not be compiled again.
      const critic = next.critic.constraint?.title === constraint?.title ? { ...next.critic, constraint } : next.critic;
      const changed = { ...next, device, critic };
      await trainer.change(changed);
      options = changed;
    },
    async moveTo(other) {
      device = other;
      options = { ...options, device };
      await release();
      trainer = await createTrainer(options, seen);
      pictures = createPictures(model(), data, frame, seed, device);
    },
    async interpolate(latentSeed, steps) {
      const { latent } = options;
      const rng = createRng(latentSeed);
      const latents = { shape: [steps, latent], data: latentArc(rng.normals(latent), rng.normals(latent), steps) };
      const { state } = await look();
      const sampler = await samplerOf(model(), steps, device);
      try {
        const { samples } = await sampler.run(state, { latent: latents });
        return samples;
      } finally {
        await sampler.release();
      }
    },
    async snapshot() {
      return { ...(await look()), seconds };
    },
    async exportGenerator() {
      const { iteration } = await look();
      const loss = `${options.loss.name}+${options.critic.constraint?.name}`;
      return { iteration, model: generatorModel(model(), exportMetadata(data, { loss, iteration })) };
    },
    release,
  };

  /** Lets go of everything; what cannot be released, on a device that was lost say, is given up. */
  async function release() {
    const last = evaluator;
    evaluator = undefined;
    await Promise.allSettled([trainer.release(), pictures.release(), last?.release()]);
  }
}
