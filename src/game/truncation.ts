import { InputError } from "../errors.js";
import { type Rng, restoreRng } from "../random.js";

/**
 * The truncation trick of BigGAN (Brock et al. 2019, arXiv:1809.11096, section 3.1): components of standard normal latents whose magnitude is
 * above `limit` are drawn again until it is not, so that each is normal under the condition of lying within the limit. A smaller limit gives
 * up variety for samples that are more like what the generator was trained on most.
 * @param limit above 0
 * @param rng of the latents, which stays as it is: what is drawn again comes from a stream of its own
 * @returns a function that gives new latents for those it is given
 * @throws InputError where the limit is not above 0
 */
export function truncation(limit: number, rng: Rng): (latents: ArrayLike<number>) => Float32Array {
  if (!(limit > 0)) throw new InputError(`The truncation must be above 0, and it is ${limit}; try 0.7.`);
  const redraws = restoreRng(rng.state());
  redraws.split();
  return (latents) => Float32Array.from(latents, (z) => (Math.abs(z) <= limit ? z : within(limit, redraws)));
}

/** A standard normal number within the limit: of uniform ones, which are soon found for any limit, as many stay as the density says. */
function within(limit: number, rng: Rng): number {
  for (;;) {
    const z = limit * (2 * rng.uniform() - 1);
    if (rng.uniform() < Math.exp((-z * z) / 2)) return z;
  }
}
