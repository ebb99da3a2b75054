/** Milliseconds that are looked back on. */
const WINDOW = 3000;

/** How often something comes to pass in a second, everything between counted: by its times over the last seconds. */
export function createSpeedometer(now: () => number = () => performance.now()) {
  let times: number[] = [];
  return {
    record(): void {
      const time = now();
      times = [...times.filter((one) => time - one <= WINDOW), time];
    },
    /** What comes after a rest says nothing of what was before it. */
    rest(): void {
      times = [];
    },
    /** 0 before the second one. */
    perSecond(): number {
      const [first = 0] = times;
      const last = times.at(-1) ?? 0;
      return last > first ? (1000 * (times.length - 1)) / (last - first) : 0;
    },
  };
}
