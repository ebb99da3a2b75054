import { type Catalogue, catalogue } from "../catalogue.js";
import type { AllSettings } from "../settings.js";
import { adamEntry, adamwEntry } from "./adam.js";
import type { OptimizerEntry } from "./optimizer.js";
import { rmspropEntry } from "./rmsprop.js";
import { constantEntry, cosineEntry, flatCosineEntry, linearEntry, type ScheduleEntry } from "./schedules.js";
import { sgdEntry } from "./sgd.js";

const own = [adamEntry, adamwEntry, rmspropEntry, sgdEntry] as const;

/** Every optimizer. */
export const optimizers: Catalogue<OptimizerEntry> = catalogue("optimizer", own);

/** Every way that a learning rate changes over a run. */
export const schedules: Catalogue<ScheduleEntry> = catalogue("schedule", [
  constantEntry,
  linearEntry,
  cosineEntry,
  flatCosineEntry,
]);

/** The settings of all optimizers together. */
export type OptimizerSettings = AllSettings<typeof own>;
