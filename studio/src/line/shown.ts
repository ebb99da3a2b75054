import { signal } from "@preact/signals";
import type { LineFrame } from "./protocol.js";

/** What the line last showed, for other parts of the page; `null` before it is first shown. */
export const lineFrame = signal<LineFrame | null>(null);
