import type { GivenColumn, Piece } from "../data/codecs/givenColumns.js";
import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import { maskLength } from "../data/codecs/rowMask.js";
import { type PriorTables, priorBins } from "../networks/rowPrior.js";
import type { Rng } from "../random.js";
import { weightedChoice } from "../tables/weightedChoice.js";

/** Pieces of a column, and how likely each class draws each of them, `[classes, pieces]`. */
interface ClassPieces {
  readonly pieces: readonly Piece[];
  readonly probabilities: Float64Array;
}

/**
 * Prepares draws of what is given of rows: allowed values of some columns, drawn jointly. With the classes c of a prior and the allowed part
 * A_j of each column j, a row's class is drawn by
 *
 *     p(c | A) ~ weights[c] prod_j p(A_j | c)
 *
 * and a value of each column by p(value | c, A_j): exact draws of the joint distribution that the classes give these columns where all are
 * allowed. What a copula has numbers in common within a class is left out.
 * @param prior `null`: each column is drawn by itself, by how often its values occur in the data
 * @returns draws for `n` rows, flat `[n, columns + width]` (`drawMasks`)
 */
export function givenDraws(
  layout: RowLayout,
  columns: readonly GivenColumn[],
  prior: PriorTables | null,
  rng: Rng,
): (n: number) => Float32Array {
  const parts = columns.map((column) => (prior ? inClasses(layout, column, prior) : inData(column)));
  const drawClass = weightedChoice(posterior(prior?.weights.data ?? [0], parts), rng);
  const drawPiece = parts.map((part) => drawsByClass(part, rng));
  const length = maskLength(layout);
  return (n) => {
    const conditions = new Float32Array(n * length);
    for (let row = 0; row < n; row++) {
      const c = drawClass();
      const own = conditions.subarray(row * length, (row + 1) * length);
      for (const [j, { place, layout: laid }] of columns.entries()) {
        const { choice = 0, low = 0, high = 0 } = drawPiece[j]?.(c) ?? {};
        const start = layout.columns.length + laid.start;
        own[place] = 1;
        if (laid.choices > 0) own[start + choice] = 1;
        if (laid.quantile !== null) own[start + laid.choices] = low + rng.uniform() * (high - low);
      }
    }
    return conditions;
  };
}

/**
 * How likely each class is where every column has one of its pieces, in proportion, `[classes]`.
 * @param logWeights `[classes]`
 */
function posterior(logWeights: ArrayLike<number>, columns: readonly ClassPieces[]): Float64Array {
  const joint = Float64Array.from(logWeights, (logWeight, c) =>
    columns.reduce((sum, part) => sum + Math.log(sumOf(ofClass(part, c))), logWeight),
  );
  const highest = joint.reduce((a, b) => Math.max(a, b), -Number.MAX_VALUE);
  return joint.map((one) => Math.exp(one - highest));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function drawsByClass(part: ClassPieces, rng: Rng): (c: number) => Piece | undefined {
  const draws = new Map<number, () => number>();
  return (c) => {
    const draw = draws.get(c) ?? weightedChoice(ofClass(part, c), rng);
    draws.set(c, draw);
    return part.pieces[draw()];
  };
}

function ofClass({ pieces: { length }, probabilities }: ClassPieces, c: number): Float64Array {
  return probabilities.subarray(c * length, (c + 1) * length);
}

/** A single class, with the shares of the data. */
function inData({ pieces }: GivenColumn): ClassPieces {
  return { pieces, probabilities: Float64Array.from(pieces, ({ share }) => share) };
}

/** A piece that lies in one interval of a quantile, `null` where it has none, and how much of the interval it takes. */
interface CutPiece {
  readonly piece: Piece;
  readonly bin: number | null;
  readonly share: number;
}

/** The pieces of a column, those of its quantile cut where the intervals of the classes end. */
function inClasses(layout: RowLayout, { place, layout: own, pieces }: GivenColumn, prior: PriorTables): ClassPieces {
  const quantiles = quantilesIn(layout);
  const quantile = quantiles.findIndex(({ column }) => column === place);
  const bins = priorBins(layout);
  const cut = pieces.flatMap((piece): CutPiece[] => {
    if (piece.length === 0) return [{ piece, bin: null, share: 1 }];
    return Array.from({ length: bins }, (_, bin) => {
      const at = quantile * bins + bin;
      return { bin, ...partWithin(piece, prior.starts.data[at] ?? 0, prior.ends.data[at] ?? 0) };
    }).filter(({ share }) => share > 0);
  });
  const classes = prior.weights.data.length;
  const probabilities = new Float64Array(classes * cut.length);
  for (let c = 0; c < classes; c++)
    for (const [i, { piece, bin, share }] of cut.entries()) {
      const ofChoice =
        own.choices === 0 ? 1 : Math.exp(prior.choices.data[c * layout.width + own.start + piece.choice] ?? 0);
      const ofBin = bin === null ? 1 : Math.exp(prior.bins.data[(quantile * bins + bin) * classes + c] ?? -Infinity);
      probabilities[c * cut.length + i] = ofChoice * ofBin * share;
    }
  return { pieces: cut.map(({ piece }) => piece), probabilities };
}

/** What of a piece lies in an interval, and how much of the interval it takes. */
function partWithin(piece: Piece, start: number, end: number): Omit<CutPiece, "bin"> {
  const [low, high] = [Math.max(piece.low, start), Math.min(piece.high, end)];
  const isPoint = piece.low === piece.high;
  const isIn = isPoint ? low === high && (high < end || end === 1) : low < high;
  const length = isPoint ? piece.length : high - low;
  return { piece: { ...piece, low, high, length }, share: isIn ? length / (end - start) : 0 };
}
