import type { Dictionary } from "../en.js";

export const glossary: Dictionary["glossary"] = {};
