/** Points as text that fits into an address: "0.5_-1_2_3.25" for (0.5, -1) and (2, 3.25). Reading it gives the same bits. */
export function pointsToText(points: Float64Array): string {
  return points.join("_");
}

/** The points of such a text, at least two of them; `null` where it is none. */
export function pointsFromText(text: string): Float64Array | null {
  const parts = text.split("_");
  const points = Float64Array.from(parts, (part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return points.length >= 4 && points.length % 2 === 0 && points.every(Number.isFinite) ? points : null;
}
