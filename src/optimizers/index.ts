export { type AdamOptions, type AdamWOptions, adam, adamw } from "./adam.js";
export type { LearningRate, Optimizer } from "./optimizer.js";
export { type RmspropOptions, rmsprop } from "./rmsprop.js";
export { constant, cosine, type DecayOptions, linearDecay, type Schedule } from "./schedules.js";
export { type SgdOptions, sgd } from "./sgd.js";
