/** The screen takes no more frames a second than this. */
const FRAMES_PER_SECOND = 30;
/** Most of the time that goes into frames and into evaluations; the rest is for training. */
const FRAME_SHARE = 0.2;
const EVALUATION_SHARE = 0.1;
/** Milliseconds that charts wait for their next points at most: the first evaluation has to compile what later ones use. */
const LONGEST_REST = 2000;

/**
 * Spaces something that takes a while, so that it comes no more often than every `least` ms and takes a share of the time at most, but
 * rests for no longer than `most` ms.
 */
export interface Spacing {
  /** Milliseconds until it may come again; 0 where it may now. */
  wait(): number;
  /** Does it, and remembers how long that took. */
  spend<T>(work: () => Promise<T>): Promise<T>;
}

/** When frames are to be made and when evaluations. */
export function createPace(now: () => number = () => performance.now()): { frames: Spacing; evaluations: Spacing } {
  return {
    frames: spacing(FRAME_SHARE, 1000 / FRAMES_PER_SECOND, Infinity, now),
    evaluations: spacing(EVALUATION_SHARE, 0, LONGEST_REST, now),
  };
}

function spacing(share: number, least: number, most: number, now: () => number): Spacing {
  let next = 0;
  return {
    wait: () => Math.max(0, next - now()),
    async spend(work) {
      const began = now();
      const result = await work();
      const took = now() - began;
      next = began + Math.max(least, Math.min(took / share, took + most));
      return result;
    },
  };
}
