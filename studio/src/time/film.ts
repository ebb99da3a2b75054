import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { SharedTime } from "../charts/time.js";
import type { SideView } from "../session/client.js";
import { thinned } from "../session/history.js";
import type { SideFrame } from "../session/protocol.js";
import { SIDES, type Side } from "../settings/settings.js";

/** Both sides at one moment. */
export type FilmFrame = Readonly<Record<Side, SideFrame>>;

/** Frames of a run take so much memory at most, in bytes: about 590 of the plane with its surface, or 60 of digits. */
export const MOST_BYTES = 24 * 2 ** 20;

/** The frames of the runs so far, to look back on: samples and surface, and none of the other layers. */
export interface Film {
  /** Oldest first; of a long run the older ones are fewer. */
  readonly frames: ReadonlySignal<readonly FilmFrame[]>;
  /** What a side shows: the newest frame with all its layers, or the one of the iteration that is looked back on. */
  readonly shown: Readonly<Record<Side, ReadonlySignal<SideFrame | null>>>;
  /** To the frame before or after the one that is shown; the newest is that of the run as it is. */
  step(by: -1 | 1): void;
  clear(): void;
}

export function createFilm(sides: Readonly<Record<Side, SideView>>, { past }: SharedTime): Film {
  const frames = signal<readonly FilmFrame[]>([]);
  effect(() => {
    const [left, right] = SIDES.map((side) => sides[side].frame.value);
    if (left && right) frames.value = withFrame(frames.peek(), { left: kept(left), right: kept(right) });
  });
  const place = computed(() => {
    const at = past.value;
    return at === null
      ? -1
      : Math.max(
          0,
          frames.value.findLastIndex((frame) => iterationOf(frame) <= at),
        );
  });
  const shown = (side: Side) =>
    computed(() => (place.value < 0 ? sides[side].frame.value : (frames.value[place.value]?.[side] ?? null)));
  return {
    frames,
    shown: { left: shown("left"), right: shown("right") },
    step(by) {
      const last = frames.value.length - 1;
      const next = Math.max(0, (place.value < 0 ? last : place.value) + by);
      past.value = next < last ? iterationOf(frames.value[next]!) : null;
    },
    clear: () =>
      batch(() => {
        frames.value = [];
        past.value = null;
      }),
  };
}

/** Frames with one more, which replaces the last where nothing was trained between them; thinned where they take too much memory. */
export function withFrame(frames: readonly FilmFrame[], frame: FilmFrame): readonly FilmFrame[] {
  const last = frames.at(-1);
  const isSame = last && SIDES.every((side) => last[side].criticUpdates === frame[side].criticUpdates);
  const grown = [...(isSame ? frames.slice(0, -1) : frames), frame];
  return bytesOf(grown) > MOST_BYTES ? thinned(grown) : grown;
}

/** A side that has ended stays behind. */
export function iterationOf({ left, right }: FilmFrame): number {
  return Math.max(left.iteration, right.iteration);
}

function kept(frame: SideFrame): SideFrame {
  return { ...frame, slope: null, arrows: null, manifold: null, plan: null, flow: null };
}

function bytesOf(frames: readonly FilmFrame[]): number {
  const sides = frames.flatMap((frame) => SIDES.map((side) => frame[side]));
  return sides.reduce((sum, { fakes, surface }) => sum + fakes.byteLength + (surface?.byteLength ?? 0), 0);
}
