import type { LipschitzConstraint } from "./constraint.js";

/** Nothing: right for a discriminator under BCE, and under the W-loss a demonstration of what the constraint is for. */
export function noConstraint(): LipschitzConstraint {
  return { name: "none", title: "no constraint" };
}
