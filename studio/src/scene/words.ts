import type { Dictionary } from "../language/index.js";

/** The strings of pictures. */
export type SceneWords = Dictionary["scene"];
