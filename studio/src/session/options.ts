import type { Dataset } from "../../../src/data/dataset.js";
import { resolveConfig } from "../../../src/runs/config.js";
import { checkFits, trainingMemory } from "../../../src/runs/memoryEstimate.js";
import { trainOptions } from "../../../src/runs/trainOptions.js";
import type { TrainerOptions } from "../../../src/training/trainer.js";
import { sharedSettings } from "../settings/furtherSettings.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";

/** What WebAssembly can address, which both sides share. */
const PAGE_MEMORY = 2 ** 32;

/**
 * What one side trains with. Where both players are alike it is what
 * `monge train DATA --loss LOSS+CONSTRAINT` with the same settings, those of `usualOf` too, trains with.
 * @throws InputError where a setting is out of range
 */
export function sideOptions(settings: Settings, side: Side, data: Dataset): TrainerOptions {
  const player = (width: number, depth: number, learningRate: number) => {
    const run = { ...sharedSettings(settings, settings[side]), data: data.name, width, depth, learningRate };
    const config = resolveConfig(run, data);
    checkFits(trainingMemory(config, data), PAGE_MEMORY / SIDES.length, "a smaller width, depth or batch");
    return trainOptions(config, data);
  };
  const { critic } = player(settings.criticWidth, settings.criticDepth, settings.criticRate);
  return { ...player(settings.generatorWidth, settings.generatorDepth, settings.generatorRate), critic };
}
