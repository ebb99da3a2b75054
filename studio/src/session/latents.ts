/**
 * A square grid of standard normal latents, `[side^2, 2]`: along both axes the quantiles of i / (side + 1), so that every cell holds
 * as much of the distribution as any other but those at the border.
 */
export function latentGrid(side: number): Float32Array {
  const quantiles = Array.from({ length: side }, (_, i) => normalQuantile((i + 1) / (side + 1)));
  return Float32Array.from({ length: 2 * side ** 2 }, (_, i) => {
    const cell = i >> 1;
    return quantiles[i % 2 === 0 ? cell % side : Math.floor(cell / side)]!;
  });
}

/**
 * The point below which a standard normal number lies with probability `p`, for p in [0.025, 0.975], to 1e-8: Acklam's rational
 * approximation (2003), its middle part.
 */
function normalQuantile(p: number): number {
  const q = p - 0.5;
  const r = q * q;
  const horner = (coefficients: readonly number[]) => coefficients.reduce((sum, c) => sum * r + c, 0);
  const numerator = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const denominator = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ];
  return (q * horner(numerator)) / horner(denominator);
}
