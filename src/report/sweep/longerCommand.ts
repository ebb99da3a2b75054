import { inShell } from "../../quoting.js";
import { optionOf } from "../../settings.js";
import { type SettingValue, STAND_INS, valueText } from "../../sweeps/settingChoice.js";
import type { SweepPlan } from "../../sweeps/sweepPlan.js";
import type { RankedSetting } from "./ranking.js";

/** How much longer the best setting is to be trained. */
const TIMES = 4;

/** The command that trains a setting of a sweep longer, with the first of its seeds. */
export function longerCommand({ common }: SweepPlan, { config, settings }: RankedSetting): string {
  const { data, loss, seed, iterations } = config;
  const given = Object.entries({ ...common, ...settings }).filter(
    ([name]) => name !== "iterations" && !(STAND_INS.includes(name) && name === "epochs"),
  );
  const options = given.map(([name, value]) => optionText(name, value)).filter((text) => text !== "");
  const rest = ["--loss", loss, ...options, "--seed", `${seed}`, "--iterations", `${TIMES * iterations}`];
  return ["monge train", inShell(data), ...rest, "--out best"].join(" ");
}

function optionText(name: string, value: SettingValue): string {
  const option = optionOf(name);
  // What is none is so without an option.
  if (value === null) return "";
  if (typeof value === "boolean") return value ? `--${option}` : `--no-${option}`;
  return `--${option} ${inShell(valueText(value))}`;
}
