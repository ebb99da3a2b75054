import { availableParallelism } from "node:os";
import { CORES } from "./process.mjs";

export const CRITIC_STEPS = 5;
/** How many steps are compared; their inputs are what the other participants' timed iterations take in turn. */
export const STEPS = 3;

function networks({ network, sample, latent, width, hidden }, { dcganCritic, dcganGenerator, mlp }) {
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
function noiseImages(shape, { createRng }) {
  const count = 256;
  const size = shape.reduce((product, length) => product * length);
  const pixels = createRng(1)
    .uniforms(count * size)
    .map((value) => 2 * value - 1);
  return {
    name: "noise",
    kind: "images",
    fields: { sample: { shape } },
    codec: { kind: "images" },
    size: count,
    batch(rng, n) {
      const images = new Float32Array(n * size);
      for (let i = 0; i < n; i++) {
        const first = rng.integer(count) * size;
        images.set(pixels.subarray(first, first + size), i * size);
      }
      return { sample: images };
    },
  };
}

/** ONNX Runtime's own choice, where it is the right number, also binds the threads to cores. */
export const trainerThreads = availableParallelism() === CORES ? {} : { threads: CORES };

/** The options of the trainer for a row, made with `monge`: the package as it is shipped, or its compiled modules. */
export function trainerOptions(row, monge) {
  const losses = { wasserstein: monge.wasserstein, bce: monge.bce };
  const constraints = {
    gp: (lambda) => monge.gradientPenalty({ lambda }),
    none: monge.noConstraint,
    sn: monge.spectralNorm,
  };
  const optimizer = monge.adam({ learningRate: 1e-4, beta1: 0.5, beta2: 0.9 });
  const { generator, critic } = networks(row, monge);
  return {
    generator: { network: generator, optimizer },
    critic: { network: critic, optimizer, constraint: constraints[row.constraint](row.lambda) },
    data: row.network === "mlp" ? monge.grid() : noiseImages(row.sample, monge),
    latent: row.latent,
    batch: row.batch,
    loss: losses[row.loss],
    criticSteps: CRITIC_STEPS,
    seed: 0,
    ...trainerThreads,
  };
}
