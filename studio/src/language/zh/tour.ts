import type { Dictionary } from "../en.js";

export const tour: Dictionary["tour"] = {};
