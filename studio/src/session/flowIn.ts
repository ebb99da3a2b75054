import type { flowOf } from "../../../src/game/flow.js";
import { quantile } from "../../../src/quantile.js";
import type { Flow } from "./protocol.js";

/** The batch that is followed. */
interface Followed {
  readonly latent: { readonly shape: readonly number[]; readonly data: Float32Array };
  readonly real: { readonly data: Float32Array };
}

/** What a program of `flowOf` gives. */
type Found = Awaited<ReturnType<Awaited<ReturnType<typeof flowOf>>["run"]>>;

/** What was found to flow on a batch, as the page shows it. */
export function flowIn({ latent, real }: Followed, found: Found): Flow {
  const { fakes, descent, realAnswers, fakeAnswers } = found;
  const [count = 1] = latent.shape;
  const size = descent.length / count;
  const norms = Array.from({ length: count }, (_, i) => Math.hypot(...descent.subarray(i * size, (i + 1) * size)));
  const only = ([value = Number.NaN]: Float32Array) => value;
  return {
    latents: latent.data,
    real: real.data,
    fakes,
    descent,
    feedback: median(norms),
    realAnswers,
    fakeAnswers,
    value: only(found.value),
    penalty: only(found.penalty),
    loss: { critic: only(found.criticLoss), generator: only(found.generatorLoss) },
    push: { critic: median(found.criticPush), generator: median(found.generatorPush) },
    weights: { critic: only(found.criticWeights), generator: only(found.generatorWeights) },
  };
}

function median(values: Iterable<number>): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
