import { type Signal, signal } from "@preact/signals";

/** First and last iteration that are shown. */
export type Range = readonly [number, number];

/** The time that charts share: to zoom or to point in one of them is to do so in all. */
export interface SharedTime {
  /** `null` shows everything. */
  readonly range: Signal<Range | null>;
  /** The iteration under the pointer, `null` where there is none. */
  readonly cursor: Signal<number | null>;
  /** The iteration that is looked back on; `null`: things are shown as they are. */
  readonly past: Signal<number | null>;
}

/** The iteration that figures are read at; `null`: the last. */
export function readAt({ cursor, past }: SharedTime): number | null {
  return cursor.value ?? past.value;
}

export function createSharedTime(): SharedTime {
  return { range: signal<Range | null>(null), cursor: signal<number | null>(null), past: signal<number | null>(null) };
}

/** Shows half of what is shown, about the cursor, or else its later half. */
export function zoomIn({ range, cursor }: SharedTime, whole: Range): void {
  const [from, to] = range.value ?? whole;
  const width = (to - from) / 2;
  const middle = cursor.value ?? to - width / 2;
  range.value = [Math.max(from, middle - width / 2), Math.min(to, middle + width / 2)];
}

/** Shows twice as much as is shown, and everything where that is no less. */
export function zoomOut({ range }: SharedTime, whole: Range): void {
  if (range.value === null) return;
  const [from, to] = range.value;
  const more = (to - from) / 2;
  const wider: Range = [Math.max(whole[0], from - more), Math.min(whole[1], to + more)];
  range.value = wider[0] <= whole[0] && wider[1] >= whole[1] ? null : wider;
}
