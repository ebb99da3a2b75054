export type { Mode, Seen, Stage } from "./stage.js";
export { Tour } from "./Tour.js";
export { createWalk, type Walk } from "./walk.js";
