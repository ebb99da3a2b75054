/** Whether texts are digits of which a float64 cannot hold all, such as those of twenty: they are names of something and no numbers. */
export function isLong(texts: readonly string[]): boolean {
  return texts.some((text) => text.length > 15) && texts.every((text) => /^\d+$/.test(text));
}
