import type { Dictionary } from "../language/index.js";

/** What a question mark explains. */
export type Term = keyof Dictionary["glossary"]["terms"];
