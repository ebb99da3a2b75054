import { add, exp, log, max, mean, mul, stopGradient, sub, sum, type Tensor } from "../../engine/index.js";

/**
 * Softmax cross-entropy, the mean over samples of log(sum_k e^(logit_k)) - logit_label, in nats.
 * @param logits `[n, classes]`
 * @param labels `[n, classes]`, 1 at each sample's class and 0 elsewhere
 */
export function crossEntropy(logits: Tensor, labels: Tensor): Tensor {
  // Beside the largest logit no exponential is above 1, and the one that is 1 keeps the logarithm's argument away from 0.
  const largest = stopGradient(max(logits, 1, { keepDims: true }));
  const logSum = add(log(sum(exp(sub(logits, largest)), 1, { keepDims: true })), largest);
  return mean(sub(logSum, sum(mul(logits, labels), 1, { keepDims: true })));
}
