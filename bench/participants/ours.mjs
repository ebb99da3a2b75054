// Monge. It also sets the task of a row: first values and inputs for all participants, and the results that they are compared with.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import {
  adam,
  bce,
  createRng,
  dcganCritic,
  dcganGenerator,
  gradientPenalty,
  grid,
  mlp,
  noConstraint,
  restoreRng,
  spectralNorm,
  wasserstein,
} from "../../dist/index.js";
import { namedTensors } from "../../dist/training/names.js";
import { encodeSafetensors } from "../../dist/training/safetensors.js";
import { createTrainer } from "../../dist/training/trainer.js";
import { CORES } from "./process.mjs";
import { serve } from "./serve.mjs";

const CRITIC_STEPS = 5;
/** How many steps are compared; their inputs are what the other participants' timed iterations take in turn. */
const STEPS = 3;

const losses = { wasserstein, bce };
const constraints = { gp: (lambda) => gradientPenalty({ lambda }), none: noConstraint, sn: spectralNorm };

function networks({ network, sample, latent, width, hidden }) {
  if (network === "mlp") {
    const layers = Array(hidden).fill(width);
    return {
      generator: mlp({ input: latent, output: sample, hidden: layers }),
      critic: mlp({ input: sample, output: 1, hidden: layers }),
    };
  }
  const [size, , channels] = sample;
  return {
    generator: dcganGenerator({ size, channels, width, latent }),
    critic: dcganCritic({ size, channels, width }),
  };
}

/** Images of uniform noise: what they show costs no time. */
function noiseImages(shape) {
  const count = 256;
  const size = shape.reduce((product, length) => product * length);
  const pixels = createRng(1)
    .uniforms(count * size)
    .map((value) => 2 * value - 1);
  return {
    name: "noise",
    shape,
    size: count,
    range: [-1, 1],
    batch(rng, n) {
      const images = new Float32Array(n * size);
      for (let i = 0; i < n; i++) {
        const first = rng.integer(count) * size;
        images.set(pixels.subarray(first, first + size), i * size);
      }
      return images;
    },
  };
}

export function trainerOptions(row) {
  const optimizer = adam({ learningRate: 1e-4, beta1: 0.5, beta2: 0.9 });
  return {
    ...networks(row),
    data: row.network === "mlp" ? grid() : noiseImages(row.sample),
    sampleShape: row.sample,
    latent: row.latent,
    batch: row.batch,
    loss: losses[row.loss],
    constraint: constraints[row.constraint](row.lambda),
    generatorOptimizer: optimizer,
    criticOptimizer: optimizer,
    criticSteps: CRITIC_STEPS,
    ema: null,
    seed: 0,
    // ONNX Runtime's own choice of two threads also binds them to cores.
    threads: availableParallelism() === CORES ? undefined : CORES,
  };
}

/** The inputs that the trainer draws next: reals, latents and epsilons, in this order. */
function drawInputs({ data, batch, latent }, rng) {
  const latents = CRITIC_STEPS + 1;
  return {
    real: { shape: [CRITIC_STEPS, batch, ...data.shape], data: data.batch(rng, CRITIC_STEPS * batch) },
    latent: { shape: [latents, batch, latent], data: rng.normals(latents * batch * latent) },
    epsilon: { shape: [CRITIC_STEPS, batch, 1], data: rng.uniforms(CRITIC_STEPS * batch) },
  };
}

function prefixed(prefix, tensors) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

async function setUp({ row, problem, results }) {
  const options = trainerOptions(row);
  const trainer = await createTrainer(options);
  const start = trainer.position();
  const rng = restoreRng(start.rng);
  let tensors = prefixed("initial", namedTensors(start.state, trainer.layout));
  for (let step = 1; step <= STEPS; step++) {
    tensors = { ...tensors, ...prefixed(`input/${step}`, drawInputs(options, rng)) };
  }
  writeFileSync(problem, encodeSafetensors(tensors, { row: JSON.stringify(row) }));
  const found = [];
  for (let step = 0; step < STEPS; step++) {
    const { criticLoss, generatorLoss } = await trainer.iterate();
    found.push([criticLoss, generatorLoss]);
  }
  writeFileSync(results, encodeSafetensors(namedTensors(trainer.position().state, trainer.layout)));
  return {
    answer: { losses: found, settings: "" },
    async run(iterations) {
      for (let i = 0; i < iterations; i++) await trainer.iterate();
    },
  };
}

await serve(setUp);
