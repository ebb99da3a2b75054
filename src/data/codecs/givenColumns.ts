import type { ColumnSet } from "../../tables/where.js";
import { quantilesWithin } from "./quantiles.js";
import type { ColumnLayout } from "./rowLayout.js";
import { type NumberRows, type RowColumn, rowLayout, type TableRows } from "./tableRows.js";

/** A column of which some values are allowed. */
export interface GivenColumn {
  /** Its place among the columns. */
  readonly place: number;
  readonly layout: ColumnLayout;
  /** The allowed part of the data. */
  readonly pieces: readonly Piece[];
  /** The share of the data's rows that it allows. */
  readonly share: number;
  /** Whether it allows one value alone. */
  readonly isOneValue: boolean;
}

/** A choice of a column, or an interval of quantiles under it. */
export interface Piece {
  readonly choice: number;
  /** Of the data's rows. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** From `low` to `high`; a single value of a continuous column, which has no length, counts for a little one. */
  readonly length: number;
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
      return { choice, share: column.shares[choice] ?? 0, low: 0, high: 0, length: 0 };
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
  ].map((choice) => ({ choice, share: shares[choice] ?? 0, low: 0, high: 0, length: 0 }));
  if (!rest) return choices;
  const choice = shares.length - 1;
  const spread = ranges.flatMap((range) => {
    const within = quantilesWithin(rest, range);
    if (!within) return [];
    const [low, high] = within;
    const length = Math.max(high - low, 1 / rest.values.length);
    return [{ choice, share: ((shares[choice] ?? 0) * length) / 2, low, high, length }];
  });
  return [...choices, ...spread];
}
