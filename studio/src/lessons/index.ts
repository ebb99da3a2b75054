export { type Course, createCourse } from "./course.js";
export { Explain, ExplainAll, ExplainEntry } from "./Explain.js";
export { Formula } from "./Formula.js";
export { gameTex } from "./game.js";
export { LessonPanel } from "./LessonPanel.js";
export { Remark } from "./Remark.js";
export type { RunSoFar } from "./remarks.js";
export type { Mode, Seen, Stage } from "./stage.js";
export type { Term } from "./term.js";
