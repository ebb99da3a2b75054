export { type AdamOptions, type AdamWOptions, adam, adamw } from "./adam.js";
export { optimizers, schedules } from "./catalogue.js";
export { defineOptimizer, type LearningRate, type Optimizer, type OptimizerEntry } from "./optimizer.js";
export { type RmspropOptions, rmsprop } from "./rmsprop.js";
export {
  constant,
  cosine,
  type DecayOptions,
  defineSchedule,
  type FlatCosineOptions,
  flatCosine,
  linearDecay,
  type Schedule,
  type ScheduleEntry,
} from "./schedules.js";
export { type SgdOptions, sgd } from "./sgd.js";
