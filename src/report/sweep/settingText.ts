import { optionOf } from "../../settings.js";
import { valueText } from "../../sweeps/settingChoice.js";
import type { RankedSetting } from "./ranking.js";

/** A setting of a sweep in a line: "w-gp, lambda 0.1, width 64". */
export function settingText({ loss, settings }: Pick<RankedSetting, "loss" | "settings">): string {
  const values = Object.entries(settings).map(([name, value]) => `${optionOf(name)} ${valueText(value)}`);
  return [loss, ...values].join(", ");
}
