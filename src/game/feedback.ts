import { add, gradients, mul, type Tensor } from "../engine/index.js";
import { flatten, type Layout } from "../networks/parameters.js";
import { unscaling } from "./lossScale.js";
import type { Applied } from "./player.js";
import type { LossScale } from "./state.js";

/** What a player minimises the sum of: scalars by name, each of which is watched for values that are not finite. */
export type Terms = Readonly<Record<string, Tensor>>;

/** What a player's update is made of: the terms of its objective and their sum's gradient, as one vector. */
export type Feedback = {
  readonly terms: Terms;
  readonly loss: Tensor;
  readonly gradient: Tensor;
};

/** The gradient of the sum of `terms` by the player's parameters, by way of that of the scaled sum where there is a scale. */
export function feedbackOn(
  { parameters }: Applied,
  layout: Layout,
  terms: Terms,
  lossScale?: LossScale<Tensor> | undefined,
): Feedback {
  const loss = sumOf(terms);
  const names = Object.keys(parameters);
  const found = gradients(lossScale ? mul(loss, lossScale.scale) : loss, Object.values(parameters));
  const gradient = flatten(Object.fromEntries(names.map((name, i) => [name, found[i]!])), layout);
  return { terms, loss, gradient: lossScale ? mul(gradient, unscaling(lossScale, loss)) : gradient };
}

/** The sum of the terms. */
function sumOf(terms: Terms): Tensor {
  return Object.values(terms).reduce((sum, term) => add(sum, term));
}
