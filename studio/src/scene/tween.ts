/** Numbers that move to new values instead of jumping there. */
export interface Tween {
  /** Sets out from where they are now; at once where there is another count of them, or `duration` is 0. */
  moveTo(target: Float32Array, now: number, duration: number): void;
  at(now: number): Float32Array;
  moving(now: number): boolean;
}

/** Times are in milliseconds. */
export function createTween(): Tween {
  let from = new Float32Array(0);
  let to: Float32Array = from;
  let start = 0;
  let end = 0;

  const moving = (now: number) => now < end;
  const at = (now: number) => {
    if (!moving(now)) return to;
    const share = (now - start) / (end - start);
    return from.map((value, i) => value + (to[i]! - value) * share);
  };
  return {
    at,
    moving,
    moveTo(target, now, duration) {
      from = Float32Array.from(target.length === to.length ? at(now) : target);
      to = target;
      start = now;
      end = now + duration;
    },
  };
}
