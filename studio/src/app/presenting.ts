import { effect } from "@preact/signals";
import type { Course } from "../lessons/index.js";
import { PRESENTED } from "../settings/url.js";
import { isTyping, keysOn } from "./keyboard.js";
import type { Studio } from "./studio.js";

/** Marks the page while it is presented, and listens to the keys that it has then. Returns what ends both. */
export function followPresenting({ present }: Studio, course: Course): () => void {
  const marking = effect(() => {
    const { dataset } = document.documentElement;
    if (present.value === null) delete dataset.presenting;
    else dataset.presenting = present.value;
  });
  const turn = (by: number) => {
    const place = course.place.peek();
    if (place && course.lessons[place.index + by]) course.go(place.index + by);
  };
  const actions: Readonly<Record<string, () => void>> = {
    v: () => {
      present.value = PRESENTED[(PRESENTED.indexOf(present.peek()!) + 1) % PRESENTED.length]!;
    },
    // What a presenter's clicker sends, too.
    pagedown: () => turn(1),
    pageup: () => turn(-1),
  };
  // Before the panel of a lesson hears of it: Escape leaves presenter mode first, and the lesson then.
  const press = (event: KeyboardEvent) => {
    if (present.peek() === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const key = event.key.toLowerCase();
    const action = keysOn.value && !isTyping(event) ? actions[key] : undefined;
    if (key === "escape") present.value = null;
    else if (action) action();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", press, { capture: true });
  return () => {
    marking();
    document.removeEventListener("keydown", press, { capture: true });
  };
}
