/** Where a column of a table lies in an encoded row. */
export interface ColumnLayout {
  readonly name: string;
  /** The place of the first of its `choices`. */
  readonly start: number;
  /** How many things the column can be, one of which is 1 and all others 0: categories, or a number's atoms; 0 for a number that has none. */
  readonly choices: number;
  /** The place of its quantile; `null` where the choices say all. */
  readonly quantile: number | null;
  /** The place of the choice under which its quantile counts; elsewhere that is 0. `null`: it always counts. */
  readonly gate: number | null;
}

/** What the numbers of an encoded row mean. */
export interface RowLayout {
  readonly width: number;
  readonly columns: readonly ColumnLayout[];
}

/** Where a column's quantile lies. */
export interface QuantileLayout extends Pick<ColumnLayout, "gate"> {
  /** The place of the column among all. */
  readonly column: number;
  readonly quantile: number;
}

/** The quantiles of those columns that have one, in the order of the columns. */
export function quantilesIn({ columns }: RowLayout): QuantileLayout[] {
  return columns.flatMap(({ quantile, gate }, column) => (quantile === null ? [] : [{ column, quantile, gate }]));
}

/** Columns that lie one after the other, choices first, then the quantile, which the last choice opens. */
export function layRow(
  columns: readonly { readonly name: string; readonly choices: number; readonly hasQuantile: boolean }[],
): RowLayout {
  let width = 0;
  const laid = columns.map(({ name, choices, hasQuantile }) => {
    const start = width;
    width += choices + (hasQuantile ? 1 : 0);
    return {
      name,
      start,
      choices,
      quantile: hasQuantile ? width - 1 : null,
      gate: hasQuantile && choices > 0 ? width - 2 : null,
    };
  });
  return { width, columns: laid };
}
