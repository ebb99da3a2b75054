import type { SideFrame } from "../session/protocol.js";

/** The mean length of the lines of a transport plan; `null` where a frame has none. */
export function planLength(frame: SideFrame | null): number | null {
  const plan = frame?.plan;
  if (!plan?.length) return null;
  let sum = 0;
  for (let i = 0; i < plan.length; i += 4) sum += Math.hypot(plan[i + 2]! - plan[i]!, plan[i + 3]! - plan[i + 1]!);
  return sum / (plan.length / 4);
}

/** The lowest and highest answer of the opponent in the picture; `null` where a frame has no surface. */
export function surfaceRange(frame: SideFrame | null): readonly [number, number] | null {
  const surface = frame?.surface;
  if (!surface?.length) return null;
  return surface.reduce<readonly [number, number]>(
    ([low, high], one) => [Math.min(low, one), Math.max(high, one)],
    [Infinity, -Infinity],
  );
}
