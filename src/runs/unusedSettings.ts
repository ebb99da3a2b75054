import { pairingByName } from "../game/pairings.js";
import type { RunConfig, RunSettings } from "./config.js";

interface Use {
  readonly setting: keyof RunConfig;
  readonly isUsed: (config: RunConfig) => boolean;
  /** What it is for. */
  readonly purpose: string;
}

const constraintOf = ({ loss }: RunConfig) => pairingByName(loss).constraint;
const isMlp = ({ network }: RunConfig) => network === "mlp";

/** The settings that some runs have no use for. */
const USES: readonly Use[] = [
  {
    setting: "lambda",
    isUsed: (config) => ["gp", "lp"].includes(constraintOf(config)),
    purpose: "weighs the penalty of w-gp and w-lp",
  },
  { setting: "clip", isUsed: (config) => constraintOf(config) === "clip", purpose: "limits the weights under w-clip" },
  { setting: "depth", isUsed: isMlp, purpose: "counts the hidden layers of an mlp" },
  { setting: "criticActivation", isUsed: isMlp, purpose: "is that of an mlp" },
  {
    setting: "settle",
    isUsed: (config) => pairingByName(config.loss).loss.name === "wasserstein" && constraintOf(config) !== "none",
    purpose: "lets the critic of the W-loss settle under a condition on its slope",
  },
  {
    setting: "beta1",
    isUsed: ({ optimizer }) => optimizer !== "rmsprop",
    purpose: "is a setting of adam, adamw and sgd",
  },
  {
    setting: "beta2",
    isUsed: ({ optimizer }) => optimizer === "adam" || optimizer === "adamw",
    purpose: "is a setting of adam and adamw",
  },
];

/** Whether a run of this configuration has a use for a setting. */
export function isUsed(setting: keyof RunConfig, config: RunConfig): boolean {
  return USES.every((use) => use.setting !== setting || use.isUsed(config));
}

/** A sentence for each setting that was given and that the run has no use for. */
export function unusedSettings(given: RunSettings, config: RunConfig): string[] {
  return USES.filter(({ setting, isUsed }) => given[setting] !== undefined && !isUsed(config)).map(
    ({ setting, purpose }) => `${setting} has no effect here: it ${purpose}.`,
  );
}
