import { signal } from "@preact/signals";
import type { LineFrame } from "./protocol.js";

/** What the line shows, for other parts of the page; `null` while it shows nothing. */
export const lineFrame = signal<LineFrame | null>(null);
