import type { Target } from "./target.js";

/** Any machine: every operation as it is written itself. */
export const portable: Target = { name: "portable", lowerings: [] };
