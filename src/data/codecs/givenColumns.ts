import type { Rng } from "../../random.js";
import type { ColumnSet } from "../../tables/where.js";
import { quantilesWithin } from "./quantiles.js";
import type { ColumnLayout } from "./rowLayout.js";
import { maskLength } from "./rowMask.js";
import { type NumberRows, type RowColumn, rowLayout, type TableRows } from "./tableRows.js";

/** A column of which some values are allowed. */
export interface GivenColumn {
  /** Its place among the columns. */
  readonly place: number;
  readonly layout: ColumnLayout;
  /** The allowed part of the data, in pieces: each a choice, or an interval of quantiles under it. */
  readonly pieces: readonly Piece[];
  /** The share of the data's rows that it allows. */
  readonly share: number;
  /** Whether it allows one value alone. */
  readonly isOneValue: boolean;
}

interface Piece {
  readonly choice: number;
  /** Of the data's rows. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The columns that `sets` are about, with what they allow of them. A column that the codec does not have is left out. */
export function givenColumns(codec: TableRows, sets: readonly ColumnSet[]): readonly GivenColumn[] {
  const { columns: laid } = rowLayout(codec);
  return sets.flatMap((set) => {
    const place = codec.columns.findIndex(({ name }) => name === set.column);
    const [column, layout] = [codec.columns[place], laid[place]];
    if (!column || !layout) return [];
    const pieces = piecesOf(column, set).filter(({ share }) => share > 0);
    const share = pieces.reduce((sum, { share }) => sum + share, 0);
    return [{ place, layout, pieces, share, isOneValue: allowsOneValue(set) }];
  });
}

function allowsOneValue(set: ColumnSet): boolean {
  if (set.kind === "categories") return set.codes.length === 1;
  const [[from, to] = [0, 1], ...others] = set.ranges;
  return from === to && others.length === 0 && !set.missing;
}

function piecesOf(column: RowColumn, set: ColumnSet): Piece[] {
  if (column.kind === "categories" && set.kind === "categories") {
    return set.codes.map((code) => {
      const choice = code < 0 ? column.categories.length : code;
      return { choice, share: column.shares[choice] ?? 0, low: 0, high: 0 };
    });
  }
  return column.kind === "numbers" && set.kind === "numbers" ? numberPieces(column, set.ranges, set.missing) : [];
}

function numberPieces(
  { atoms, hasMissing, rest, shares }: NumberRows,
  ranges: readonly (readonly [number, number])[],
  missing: boolean,
): Piece[] {
  const isIn = (value: number) => ranges.some(([from, to]) => value >= from && value <= to);
  const choices = [
    ...[...atoms.keys()].filter((choice) => isIn(atoms[choice] ?? Number.NaN)),
    ...(missing && hasMissing ? [atoms.length] : []),
  ].map((choice) => ({ choice, share: shares[choice] ?? 0, low: 0, high: 0 }));
  if (!rest) return choices;
  const choice = shares.length - 1;
  const spread = ranges.flatMap((range) => {
    const within = quantilesWithin(rest, range);
    if (!within) return [];
    const [low, high] = within;
    // A single value of a continuous column has no share of its own.
    const width = Math.max(high - low, 1 / rest.values.length);
    return [{ choice, share: ((shares[choice] ?? 0) * width) / 2, low, high }];
  });
  return [...choices, ...spread];
}

/**
 * Conditions that give allowed values of `columns`, each column's drawn by how often they occur in the data, flat `[n, columns + width]`
 * (`drawMasks`).
 */
export function drawGiven(codec: TableRows, columns: readonly GivenColumn[], rng: Rng, n: number): Float32Array {
  const layout = rowLayout(codec);
  const length = maskLength(layout);
  const conditions = new Float32Array(n * length);
  for (let row = 0; row < n; row++) {
    for (const { place, layout: own, pieces, share } of columns) {
      let left = rng.uniform() * share;
      const piece =
        pieces.find((candidate) => {
          left -= candidate.share;
          return left < 0;
        }) ?? pieces.at(-1);
      if (!piece) continue;
      const start = row * length + layout.columns.length;
      conditions[row * length + place] = 1;
      if (own.choices > 0) conditions[start + own.start + piece.choice] = 1;
      const isOpen = own.choices === 0 || piece.choice === own.choices - 1;
      if (own.quantile !== null && isOpen)
        conditions[start + own.quantile] = piece.low + rng.uniform() * (piece.high - piece.low);
    }
  }
  return conditions;
}
