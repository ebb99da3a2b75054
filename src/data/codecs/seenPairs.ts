import { z } from "zod";
import { fromBase64, toBase64 } from "../../base64.js";
import type { GivenColumn } from "./givenColumns.js";
import type { IndexedColumn } from "./indexedRows.js";
import type { ColumnLayout } from "./rowLayout.js";

/**
 * Which values of two columns some row has together: by it a run knows, without its data, of conditions that no row fulfils. Values are told
 * apart by their choices, and by 64 equal intervals of a quantile.
 */
export interface SeenPairs {
  /** The places of the columns whose pairs are known, ascending. */
  readonly columns: readonly number[];
  /** A bit for each pair of cells of each two columns (`blocksOf`), in base64. */
  readonly bits: string;
}

export const seenPairsSchema = z.strictObject({
  columns: z.array(z.int().min(0)),
  bits: z.base64(),
}) satisfies z.ZodType<SeenPairs>;

const INTERVALS = 64;
/** Bits that are kept, and pairs of cells that are looked at, at most. A column with which there would be more is left out. */
const MOST_BITS = 2 ** 21;
const MOST_LOOKS = 2e8;

/** @param rows the places of the rows that are looked at */
export function seenPairs(columns: readonly IndexedColumn[], rows: Uint32Array): SeenPairs {
  const known: number[] = [];
  let cells = 0;
  let bitCount = 0;
  for (const [place, { layout }] of columns.entries()) {
    const count = cellCount(layout);
    if (bitCount + cells * count > MOST_BITS) continue;
    if ((rows.length * known.length * (known.length + 1)) / 2 > MOST_LOOKS) break;
    bitCount += cells * count;
    cells += count;
    known.push(place);
  }
  const chosen = known.flatMap((place) => columns[place] ?? []);
  const codes = chosen.map((column) => cellCodes(column, rows));
  const bits = new Uint8Array(Math.ceil(bitCount / 8));
  for (const { one, other, count, first } of blocksOf(chosen.map(({ layout }) => layout))) {
    const [codesOfOne, codesOfOther] = [codes[one] ?? [], codes[other] ?? []];
    for (let row = 0; row < rows.length; row++) {
      const bit = first + codesOfOne[row]! * count + codesOfOther[row]!;
      bits[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return { columns: known, bits: toBase64(bits) };
}

/**
 * Those two of given columns that no row has together as they are given; none where some row may have all that is known of.
 * @param layout of all columns
 */
export function unseenPairs(
  { columns, bits: encoded }: SeenPairs,
  layout: readonly ColumnLayout[],
  given: readonly GivenColumn[],
): (readonly [GivenColumn, GivenColumn])[] {
  const bits = fromBase64(encoded);
  const blocks = blocksOf(columns.flatMap((place) => layout[place] ?? []));
  return blocks.flatMap(({ one, other, count, first }) => {
    const [a, b] = [one, other].map((known) => given.find(({ place }) => place === columns[known]));
    if (!a || !b) return [];
    const isSeen = cellsOf(a).some((cell) =>
      cellsOf(b).some((beside) => {
        const bit = first + cell * count + beside;
        return ((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
      }),
    );
    return isSeen ? [] : [[a, b] as const];
  });
}

/** Of each two columns where their bits begin: `count`, the cells of the other, for each cell of the one. */
function blocksOf(layouts: readonly ColumnLayout[]) {
  const counts = layouts.map(cellCount);
  let next = 0;
  return counts.flatMap((ofOne, one) =>
    counts.slice(one + 1).map((count, i) => {
      const first = next;
      next += ofOne * count;
      return { one, other: one + 1 + i, count, first };
    }),
  );
}

/** Choices without a quantile under them. */
function closedChoices({ choices, quantile }: ColumnLayout): number {
  return quantile === null ? choices : Math.max(0, choices - 1);
}

function cellCount(layout: ColumnLayout): number {
  return closedChoices(layout) + (layout.quantile === null ? 0 : INTERVALS);
}

function intervalOf(quantile: number): number {
  return Math.min(INTERVALS - 1, Math.floor(((quantile + 1) / 2) * INTERVALS));
}

/** The cell of each row, `[rows.length]`: that of the middle of its value's quantiles. */
function cellCodes({ layout, places, choice, low, high }: IndexedColumn, rows: Uint32Array): Uint32Array {
  const closed = closedChoices(layout);
  const ofValue = choice.map((own, value) => {
    const middle = ((low[value] ?? Number.NaN) + (high[value] ?? Number.NaN)) / 2;
    return layout.quantile === null || Number.isNaN(middle) ? own : closed + intervalOf(middle);
  });
  return rows.map((row) => ofValue[places[row] ?? 0] ?? 0);
}

/** The cells that values of a given column may lie in. */
function cellsOf({ layout, pieces }: GivenColumn): number[] {
  const closed = closedChoices(layout);
  return pieces.flatMap(({ choice, low, high }) => {
    if (layout.quantile === null || choice < closed) return [choice];
    const [first, last] = [intervalOf(low), intervalOf(high)];
    return Array.from({ length: last - first + 1 }, (_, i) => closed + first + i);
  });
}
