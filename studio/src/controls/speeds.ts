/** The speeds that a reader can choose, in iterations a second, from slow motion up; `null`: as fast as the machine can. */
export const SPEEDS: readonly (number | null)[] = [1, 2, 5, 10, 30, null];

/** The place of a speed, or of the next higher that can be chosen. */
export function placeOfSpeed(speed: number | null): number {
  return SPEEDS.findIndex((one) => one === null || (speed !== null && one >= speed));
}

/** The next lower or higher speed, or the same where there is none. */
export function speedBeside(speed: number | null, step: -1 | 1): number | null {
  const place = placeOfSpeed(speed) + step;
  return place < 0 || place >= SPEEDS.length ? speed : SPEEDS[place]!;
}
