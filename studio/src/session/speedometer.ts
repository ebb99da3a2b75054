/** So many durations are remembered. */
const REMEMBERED = 15;

/** How many of something come to pass in a second, by the median of the last few: a slow first one or a pause does not show. */
export function createSpeedometer() {
  const durations: number[] = [];
  return {
    record(seconds: number): void {
      durations.push(seconds);
      if (durations.length > REMEMBERED) durations.shift();
    },
    /** 0 before the first. */
    perSecond(): number {
      const middle = durations.toSorted((a, b) => a - b)[durations.length >> 1];
      return middle === undefined ? 0 : 1 / middle;
    },
  };
}
