import type { Column, Table } from "../tables/table.js";

/**
 * Which rows of a table also stand in another one, cell by cell: `[rows]`, 1 where it does. Both have the same columns and categories.
 * @param among the same table, to find the rows that come more than once
 */
export function copiedRows(of: Table, among: Table): Uint8Array {
  // Rows of one hash form a chain: the last one, and for each the one before it.
  const last = new Map<number, number>();
  const before = new Int32Array(among.rows);
  rowHashes(among).forEach((hash, row) => {
    before[row] = last.get(hash) ?? -1;
    last.set(hash, row);
  });
  return Uint8Array.from(rowHashes(of), (hash, row) => {
    let place = last.get(hash) ?? -1;
    while (place >= 0 && ((of === among && place === row) || !sameRow(of.columns, row, among.columns, place)))
      place = before[place]!;
    return place < 0 ? 0 : 1;
  });
}

function rowHashes({ rows, columns }: Table): Uint32Array {
  const hashes = new Uint32Array(rows);
  const bits = new DataView(new ArrayBuffer(8));
  for (const column of columns)
    for (let i = 0; i < rows; i++) {
      let word: number;
      if (column.kind === "categories") word = column.codes[i]!;
      else {
        const value = column.values[i]!;
        // 0 and -0 are one number; so are all NaN.
        bits.setFloat64(0, Number.isNaN(value) ? Number.MAX_VALUE : value + 0);
        word = bits.getInt32(0) ^ Math.imul(bits.getInt32(4), 0x85ebca6b);
      }
      hashes[i] = Math.imul(hashes[i]! ^ word, 0x9e3779b1) ^ (hashes[i]! >>> 15);
    }
  return hashes;
}

function sameRow(a: readonly Column[], i: number, b: readonly Column[], j: number): boolean {
  return a.every((column, k) => {
    const other = b[k]!;
    if (column.kind === "categories") return other.kind === "categories" && column.codes[i] === other.codes[j];
    const [x, y] = [column.values[i]!, other.kind === "numbers" ? other.values[j]! : Number.NaN];
    return x === y || (Number.isNaN(x) && Number.isNaN(y));
  });
}
