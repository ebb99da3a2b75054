/** Points as text that fits into an address: "0.5_-1_2_3.25" for (0.5, -1) and (2, 3.25). Reading it gives the same bits. */
export function pointsToText(points: Float32Array): string {
  return Array.from(points, shortest).join("_");
}

/** The points of such a text, at least two of them; `null` where it is none. */
export function pointsFromText(text: string): Float32Array | null {
  const parts = text.split("_");
  const points = Float32Array.from(parts, (part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return points.length >= 4 && points.length % 2 === 0 && points.every(Number.isFinite) ? points : null;
}

/** The shortest decimal that is the same number in 32 bits: 0.1, and not 0.10000000149011612. */
function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(value);
}
