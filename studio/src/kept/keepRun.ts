import { effect, untracked } from "@preact/signals";
import type { Studio } from "../app/studio.js";
import { runPart } from "../settings/url.js";
import { forgetKept, writeKept } from "./keptRun.js";
import { latest } from "./latest.js";

/** Milliseconds between two times that a run under way is kept: so much of it is lost at most. */
const EVERY = 3000;

/**
 * Keeps the run of the page from now on: every few seconds while it trains, when it comes to rest, and when the page is hidden. What a
 * lesson trains is not kept. Where the browser keeps nothing, leaving a run asks first.
 */
export function keepRun(studio: Studio): void {
  const { session } = studio;
  let isKept = true;

  const keep = latest(async () => {
    if (studio.lesson.peek() !== null || untracked(studio.seen).criticUpdates === 0) return;
    const restarts = studio.restarts.peek();
    const run = {
      address: runPart(studio.query.peek()),
      settings: studio.settings.peek(),
      own: studio.own.peek(),
    };
    try {
      const standing = await session.stand();
      if (studio.restarts.peek() === restarts) isKept = await writeKept({ ...run, standing });
    } catch {
      // Its worker ended: the next run is kept.
    }
  });

  effect(() => {
    if (!session.playing.value) {
      // Single steps move on a run that is at rest.
      if (studio.seen().criticUpdates > 0) void keep();
      return;
    }
    const timer = setInterval(keep, EVERY);
    return () => clearInterval(timer);
  });
  effect(() => {
    // What the reader throws away is not kept; a lesson or a change of settings throws nothing away.
    if (studio.restarts.value > 0 && studio.lesson.peek() === null) void forgetKept(runPart(studio.query.peek()));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) void keep();
  });
  addEventListener("beforeunload", (event) => {
    if (!isKept && studio.seen().criticUpdates > 0) event.preventDefault();
  });
}
