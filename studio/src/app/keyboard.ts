import { type Signal, signal } from "@preact/signals";
import { zoomIn, zoomOut } from "../charts/index.js";
import { layersOf } from "../controls/layers.js";
import { speedBeside } from "../controls/speeds.js";
import type { Course } from "../lessons/index.js";
import type { Studio } from "./studio.js";

/** What a key does, as the help names it. */
export type Shortcut =
  | "play"
  | "generatorStep"
  | "criticStep"
  | "reset"
  | "undo"
  | "redo"
  | "past"
  | "slower"
  | "faster"
  | "layers"
  | "diagram"
  | "zoomIn"
  | "zoomOut"
  | "zoomAll"
  | "lesson"
  | "present"
  | "help";

/** The keys of the page, for the help. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly what: Shortcut }[] = [
  { keys: [" "], what: "play" },
  { keys: ["G", "→"], what: "generatorStep" },
  { keys: ["C"], what: "criticStep" },
  { keys: ["R"], what: "reset" },
  { keys: ["Ctrl", "Z"], what: "undo" },
  { keys: ["Ctrl", "Shift", "Z"], what: "redo" },
  { keys: [",", "."], what: "past" },
  { keys: ["["], what: "slower" },
  { keys: ["]"], what: "faster" },
  { keys: ["1", "…", "8"], what: "layers" },
  { keys: ["D"], what: "diagram" },
  { keys: ["+"], what: "zoomIn" },
  { keys: ["−"], what: "zoomOut" },
  { keys: ["0"], what: "zoomAll" },
  { keys: ["T"], what: "lesson" },
  { keys: ["P"], what: "present" },
  { keys: ["?"], what: "help" },
];

/** Whether single keys do anything; those who speak to their machine may want them off. */
export const keysOn: Signal<boolean> = signal(true);

const STEPS = ["g", "ArrowRight", "c", ",", ".", "[", "]", "+", "=", "-"];

/** Elements with keys of their own. */
const OWN_KEYS = "input, select, textarea, summary, dialog, [role=slider], [role=application], [contenteditable]";

/** Whether a key belongs to the element that has the focus. */
export function isTyping({ target }: KeyboardEvent): boolean {
  return (target as Element).closest(OWN_KEYS) !== null;
}

export interface KeyboardOptions {
  readonly studio: Studio;
  readonly course: Course;
  readonly openHelp: () => void;
}

/** Listens to the page's keys. Returns what ends it. */
export function listenToKeys({ studio, course, openHelp }: KeyboardOptions): () => void {
  const { time } = studio;
  const onPlane: Readonly<Record<string, () => void>> = {
    g: () => studio.step("generator"),
    ArrowRight: () => studio.step("generator"),
    c: () => studio.step("critic"),
    r: studio.restart,
    d: studio.toggleDiagram,
    ",": () => studio.film.step(-1),
    ".": () => studio.film.step(1),
    "[": () => studio.setSpeed(speedBeside(studio.speed.value, -1)),
    "]": () => studio.setSpeed(speedBeside(studio.speed.value, 1)),
    "+": () => zoomIn(time, studio.span.value),
    "=": () => zoomIn(time, studio.span.value),
    "-": () => zoomOut(time, studio.span.value),
    "0": () => {
      time.range.value = null;
    },
  };
  const present = () => {
    // The picture that the lesson under way speaks of.
    const first = course.place.value?.lesson.target === "scene-right" ? "right" : "left";
    studio.present.value = studio.present.value === null ? first : null;
  };
  /** Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y. */
  const undoOrRedo = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y") || isTyping(event)) return false;
    event.preventDefault();
    if (key === "y" || event.shiftKey) studio.redo();
    else studio.undo();
    return true;
  };
  const act = (key: string): (() => void) | undefined => {
    if (key === "?") return openHelp;
    if (key === "t") return () => course.go(0);
    if (key === "p" && studio.view.value !== "runs") return present;
    if (studio.view.value !== "plane") return undefined;
    const layer = studio.diagram.value ? undefined : layersOf(studio.scene.value)[Number(key) - 1];
    return layer ? () => studio.toggleLayer(layer) : onPlane[key];
  };
  const press = (event: KeyboardEvent) => {
    const target = event.target as Element;
    if (studio.view.value === "plane" && undoOrRedo(event)) return;
    if (!keysOn.value || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event) || document.querySelector("dialog[open]")) return;
    const isSpace = event.key === " ";
    // Space presses a button that has the focus.
    if (isSpace && target.closest("button, a")) return;
    const action =
      isSpace && studio.view.value === "plane"
        ? studio.togglePlay
        : act(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!action) return;
    event.preventDefault();
    // A key that is held down goes on stepping, and does anything else once.
    if (!event.repeat || STEPS.includes(event.key)) action();
  };
  document.addEventListener("keydown", press);
  document.addEventListener("click", leavePressed);
  return () => {
    document.removeEventListener("keydown", press);
    document.removeEventListener("click", leavePressed);
  };
}

/** A button that was pressed by pointer lets go of the focus, so that the next space bar plays and does not press it again. */
function leavePressed({ detail, target }: MouseEvent): void {
  const button = detail > 0 && (target as Element).closest<HTMLElement>(".plane button");
  // What opens something keeps the focus, to which it returns.
  if (button && !button.hasAttribute("popovertarget") && !button.hasAttribute("aria-expanded")) button.blur();
}
