import { noSettings } from "../settings.js";
import { defineConstraint, type LipschitzConstraint } from "./constraint.js";

/** Nothing: right for a discriminator under BCE, and under the W-loss a demonstration of what the constraint is for. */
export function noConstraint(): LipschitzConstraint {
  return { name: "none", title: "no constraint" };
}

export const none = defineConstraint({
  name: "none",
  title: "no constraint",
  summary:
    "Nothing: right for a discriminator under BCE, and under the W-loss a demonstration of what a constraint is for.",
  stroke: { color: "#94657c", dash: "solid" },
  slope: "free",
  isPenalty: false,
  settings: noSettings,
  make: noConstraint,
});
