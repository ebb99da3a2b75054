/** A cosine and a W1 estimate, in two decimals as they were printed. */
type Figures = readonly [cosine: number, estimate: number];

/** The cells of the published table, in its order. */
export const publishedCells: readonly string[] = ["D2N4", "D2N64", "D16N4", "D16N64", "D64N16", "D128N64"];

/**
 * Korotin, Kolesov and Burnaev 2022, "Kantorovich strikes back! Wasserstein GANs are not optimal transport?", arXiv 2206.07767: for
 * each cell the true W1, and for each way to make a critic the mean cosine and the W1 estimate. Their pairs were other draws of the same
 * construction.
 */
const TRUTH = [0.82, 0.23, 1.94, 1.55, 1.36, 1.04];
const ROWS = {
  clip: [
    [0.07, 0.03],
    [0.07, -0.01],
    [0.33, 1.72],
    [0.15, 0.52],
    [0.2, 1.31],
    [0.14, 2.8],
  ],
  gp: [
    [0.84, 0.86],
    [0.35, 0.13],
    [0.96, 2.07],
    [0.78, 1.36],
    [0.75, 1.09],
    [0.64, 0.71],
  ],
  lp: [
    [0.82, 0.89],
    [0.68, 0.22],
    [0.96, 2.12],
    [0.78, 1.35],
    [0.76, 1.15],
    [0.62, 0.69],
  ],
  sn: [
    [0.21, 0.15],
    [0.07, 0],
    [0.35, 0.63],
    [0.16, 0.19],
    [0.22, 0.32],
    [0.14, 0.19],
  ],
  orth: [
    [0.77, 0.76],
    [0.66, 0.09],
    [0.97, 1.89],
    [0.57, 0.85],
    [0.95, 1.37],
    [0.64, 0.69],
  ],
  exact: [
    [0.86, 0.82],
    [0.72, 0.24],
    [0.18, 4.13],
    [0.06, 3.98],
    [-0.26, 12.1],
    [-0.35, 18.9],
  ],
} as const satisfies Readonly<Record<string, readonly Figures[]>>;

/** What the published table says of a critic, or nothing where it has no such cell or critic. */
export function publishedFigures(
  critic: string,
  cell: string,
): { readonly cosine: number; readonly estimate: number } | null {
  const column = columnOf(cell);
  if (column < 0 || !isPublished(critic)) return null;
  const [cosine, estimate] = ROWS[critic][column]!;
  return { cosine, estimate };
}

/** The true W1 of the published table, or nothing where it has no such cell. */
export function publishedTruth(cell: string): number | null {
  return TRUTH[columnOf(cell)] ?? null;
}

function columnOf(cell: string): number {
  return publishedCells.indexOf(cell);
}

function isPublished(critic: string): critic is keyof typeof ROWS {
  return Object.hasOwn(ROWS, critic);
}
