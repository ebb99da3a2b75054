import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, type FloatType, type TensorData } from "../../src/engine/index.js";
import type { Game } from "../../src/game/game.js";
import { type StepInputs, scalarTable } from "../../src/game/inputs.js";
import { startGame } from "../../src/game/start.js";
import { PLAYERS } from "../../src/game/state.js";
import { buildStep, stepArguments } from "../../src/game/step.js";
import { namedTensors, stateFromNamed } from "../../src/game/tensorNames.js";
import {
  gradientPenalty,
  type LipschitzConstraint,
  noConstraint,
  spectralNorm,
  weightClipping,
} from "../../src/lipschitz/index.js";
import { type AdversarialLoss, bce, wasserstein } from "../../src/losses/index.js";
import { dcganCritic, dcganGenerator, mlp } from "../../src/networks/index.js";
import { adam, rmsprop } from "../../src/optimizers/index.js";
import { createRng } from "../../src/random.js";
import { decodeSafetensors } from "../../src/runs/safetensors.js";
import { relativeError } from "../allclose.js";

/** Ten times closer than the promise of 1e-4: PyTorch's own float32 steps stay within 2e-6 of these states. */
const STATE = { relative: 1e-5 };
/** A difference of means of nearly equal scores keeps fewer digits than its terms. */
const LOSS = { relative: 1e-4, absolute: 1e-6 };

const scenarios: Record<string, { title: string; loss: AdversarialLoss; constraint: LipschitzConstraint }> = {
  "mlp-wgan-gp": { title: "WGAN-GP of an MLP, Adam 1e-4", loss: wasserstein, constraint: gradientPenalty() },
  "mlp-wgan-gp-fast": { title: "WGAN-GP of an MLP, Adam 1e-3", loss: wasserstein, constraint: gradientPenalty() },
  "dcgan-wgan-gp": { title: "WGAN-GP of a DCGAN", loss: wasserstein, constraint: gradientPenalty() },
  "mlp-wgan-clip": {
    title: "WGAN of an MLP, weights clipped, RMSProp",
    loss: wasserstein,
    constraint: weightClipping(),
  },
  "mlp-wgan-sn": { title: "the W-loss and spectral normalisation, MLP", loss: wasserstein, constraint: spectralNorm() },
  "dcgan-wgan-sn": {
    title: "the W-loss and spectral normalisation, DCGAN",
    loss: wasserstein,
    constraint: spectralNorm(),
  },
  "mlp-bce": { title: "BCE, minimax, of an MLP", loss: bce, constraint: noConstraint() },
};

/** Steps of mixed precision: what float16 rounds by 2^-11 may turn single updates of Adam around, each of which is of the learning rate. */
const MIXED_STATE = { relative: 2 ** -6 };
const MIXED_LOSS = { relative: 2 ** -7, absolute: 2 ** -7 };

it.each(Object.entries(scenarios))(
  "three steps of mixed precision equal PyTorch's in float64: %s",
  async (name, scenario) => {
    const reference = readReference(name);
    const { states, losses } = await run(reference, scenario.loss, scenario.constraint, "float16");
    for (const step of [1, 2, 3]) {
      const found = states[step - 1]!;
      for (const [key, value] of Object.entries(under(reference.tensors, `after/${step}/`)))
        if (!key.includes(".optimizer."))
          expect(found[key], `${key} after step ${step}`).toBeAllclose(value, MIXED_STATE);
      for (const [key, value] of Object.entries(under(reference.tensors, `loss/${step}/`)))
        expect(losses[step - 1]![key], `${key} of step ${step}`).toBeAllclose(value, MIXED_LOSS);
    }
  },
);

describe.each(Object.entries(scenarios))(
  "three steps equal PyTorch's in float64: %s",
  (name, { title, loss, constraint }) => {
    const reference = readReference(name);
    let results: Steps;
    beforeAll(async () => {
      results = await run(reference, loss, constraint);
    });

    it.for([1, 3])(`${title}: every tensor of the state after step %i`, async (step, { annotate }) => {
      const expected = under(reference.tensors, `after/${step}/`);
      const found = results.states[step - 1]!;
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      for (const [key, value] of Object.entries(expected)) expect(found[key], key).toBeAllclose(value, STATE);
      const errors = Object.entries(expected).map(([key, value]) => relativeError(found[key]!, value));
      await annotate(`${name}: largest relative error ${Math.max(...errors).toExponential(1)}`);
    });

    it(`${title}: the losses of every update`, () => {
      for (const [i, losses] of results.losses.entries()) {
        for (const [key, value] of Object.entries(under(reference.tensors, `loss/${i + 1}/`))) {
          expect(losses[key], `${key} of step ${i + 1}`).toBeAllclose(value, LOSS);
        }
      }
    });
  },
);

/** The networks of test/fixtures/steps/networks.py. */
const networks = {
  mlp: {
    generator: mlp({ input: 2, output: 2, hidden: [16, 16] }),
    critic: mlp({ input: 2, output: 1, hidden: [16, 16] }),
    sampleShape: [2],
    latent: 2,
    batch: 8,
  },
  dcgan: {
    generator: dcganGenerator({ size: 28, channels: 1, width: 4, latent: 8 }),
    critic: dcganCritic({ size: 28, channels: 1, width: 4 }),
    sampleShape: [28, 28, 1],
    latent: 8,
    batch: 4,
  },
};

interface Reference {
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly scenario: {
    readonly networks: keyof typeof networks;
    readonly optimizer: "adam" | "rmsprop";
    readonly learningRate: number;
    readonly criticSteps: number;
  };
}

interface Steps {
  /** Named tensors after each step. */
  readonly states: Record<string, TensorData>[];
  readonly losses: Record<string, TensorData>[];
}

function readReference(name: string): Reference {
  const file = readFileSync(new URL(`../fixtures/steps/${name}.safetensors`, import.meta.url));
  const { tensors, metadata } = decodeSafetensors(file, name);
  return { tensors, scenario: JSON.parse(metadata.scenario!) };
}

/** The tensors whose names begin with `prefix`, by the rest of their names. */
function under(tensors: Readonly<Record<string, TensorData>>, prefix: string): Record<string, TensorData> {
  const found = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

async function run(
  { tensors, scenario }: Reference,
  loss: AdversarialLoss,
  constraint: LipschitzConstraint,
  precision?: FloatType,
) {
  const { criticSteps, learningRate } = scenario;
  const optimizer =
    scenario.optimizer === "adam" ? adam({ learningRate, beta1: 0.5, beta2: 0.9 }) : rmsprop({ learningRate });
  const { generator, critic, batch, ...shapes } = networks[scenario.networks];
  const game: Game = {
    ...shapes,
    conditionShape: null,
    loss,
    generator: { network: generator, optimizer, precision },
    critic: { network: critic, optimizer, constraint, precision },
  };
  const { state: first, layout } = startGame(game, createRng(0));
  const named = { ...namedTensors(first, layout), ...under(tensors, "initial/") };
  // A scale that all of the first gradients fit under, so that none is skipped.
  if (precision === "float16")
    for (const player of PLAYERS) named[`${player}.lossScale.scale`] = { shape: [], data: Float32Array.of(256) };
  let state = stateFromNamed(named, first, layout);
  const size = { batch, criticSteps, withGenerator: true };
  const program = await compile(buildStep(game, layout, size), stepArguments(game, state, size));
  const steps: Steps = { states: [], losses: [] };
  for (let step = 1; step <= 3; step++) {
    const drawn = under(tensors, `input/${step}/`) as Pick<StepInputs<TensorData>, "real" | "latent" | "epsilon">;
    const scalars = {
      critic: scalarTable(game.critic, (step - 1) * criticSteps, criticSteps),
      generator: scalarTable(game.generator, step - 1, 1),
    };
    const results = await program.run({ ...drawn, noise: { generator: {}, critic: {} }, scalars, state });
    state = results.next;
    steps.states.push(namedTensors(state, layout));
    const { adversarial, penalty } = results.critic!.terms;
    const none = { shape: [criticSteps], data: new Float32Array(criticSteps) };
    steps.losses.push({
      adversarial: adversarial!,
      penalty: penalty ?? none,
      generatorLoss: { shape: [], data: results.generator!.loss.data },
    });
  }
  await program.release();
  return steps;
}
