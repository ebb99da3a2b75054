const waiting = new Set<() => void>();

/** Does work in an animation frame to come, one piece in each, so that many charts that change at once make no long task. */
export function takeTurn(work: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(next);
  waiting.add(work);
}

/** Forgets work that has not been done. */
export function giveUpTurn(work: () => void): void {
  waiting.delete(work);
}

function next(): void {
  const [work] = waiting;
  if (!work) return;
  waiting.delete(work);
  if (waiting.size > 0) requestAnimationFrame(next);
  work();
}
