// @ts-check
const WGAN_GP = { loss: "wasserstein", constraint: "gp" };
const BCE = { loss: "bce", constraint: "none" };
const SPECTRAL = { loss: "wasserstein", constraint: "sn" };

/** gan_toy of Gulrajani et al. 2017: three hidden ReLU layers in the plane. */
function toy(/** @type {number} */ width, /** @type {object} */ training) {
  return { network: "mlp", sample: [2], latent: 2, width, hidden: 3, batch: 256, lambda: 0.1, ...training };
}

function dcgan(
  /** @type {number} */ size,
  /** @type {number} */ channels,
  /** @type {number} */ width,
  /** @type {number} */ batch,
  /** @type {object} */ training,
) {
  return { network: "dcgan", sample: [size, size, channels], latent: 64, width, batch, lambda: 10, ...training };
}

/**
 * The training steps that are measured: five updates of the critic and one of the generator, each with Adam (1e-4, 0.5, 0.9) on its own
 * batch. Plain data, since every participant reads it.
 */
export const trainingRows = {
  "toy-128": toy(128, WGAN_GP),
  "toy-512": toy(512, WGAN_GP),
  "toy-bce-128": toy(128, BCE),
  "toy-bce-512": toy(512, BCE),
  "sn-128": toy(128, SPECTRAL),
  "dcgan-28-32": dcgan(28, 1, 32, 64, WGAN_GP),
  "dcgan-28-64": dcgan(28, 1, 64, 64, WGAN_GP),
  "dcgan-32-64": dcgan(32, 3, 64, 64, WGAN_GP),
  "dcgan-64-64": dcgan(64, 3, 64, 32, WGAN_GP),
  "dcgan-sn-28-32": dcgan(28, 1, 32, 64, SPECTRAL),
};

/** Every row of the benchmark, in the order in which they run. */
export const rowNames = ["gemm", ...Object.keys(trainingRows), "startup", "memory", "scaling"];
