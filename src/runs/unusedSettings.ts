import type { RunConfig, RunSettings } from "./config.js";
import { allOwners, partsOf } from "./parts.js";

/** Whether a run of this configuration has a use for a setting. */
export function isUsed(setting: string, config: RunConfig): boolean {
  return setting in config && (setting !== "settle" || canSettle(config));
}

/** A sentence for each setting that was given and that the run has no use for. */
export function unusedSettings({ epochs: _, preset: __, ...given }: RunSettings, config: RunConfig): string[] {
  return Object.entries(given)
    .filter(([setting, value]) => value !== undefined && !isUsed(setting, config))
    .map(([setting]) => `${setting} has no effect here: it ${purposeOf(setting)}.`);
}

/** Whether the run's critic has an estimate that can settle: of a loss that estimates the distance, under a condition on the slope. */
function canSettle(config: RunConfig): boolean {
  const { loss, constraint } = partsOf(config);
  return loss.estimatesDistance && constraint.slope !== "free";
}

function purposeOf(setting: string): string {
  if (setting === "settle") return "lets the critic of a W-loss settle under a condition on its slope";
  const owners = allOwners(setting).map(({ kind, names }) => {
    const list = new Intl.ListFormat("en-GB").format(names);
    return names.length === 1 ? `the ${kind} ${list}` : `the ${kind}${kind.endsWith("s") ? "es" : "s"} ${list}`;
  });
  return `is a setting of ${new Intl.ListFormat("en-GB").format(owners)}`;
}
