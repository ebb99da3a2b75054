import type { Dictionary } from "../en.js";

export const remarks: Dictionary["remarks"] = {};
