import type { Settings } from "./settings.js";

/** What is not the same on both sides. A loss brings its own condition. */
export function differenceOf({ left, right }: Settings): "loss" | "constraint" | "nothing" {
  if (left.loss !== right.loss) return "loss";
  return left.constraint === right.constraint ? "nothing" : "constraint";
}
