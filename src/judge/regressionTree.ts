import type { BinnedColumn, BinnedTable } from "./binnedTable.js";

/** A decision tree on binned columns. */
export type Tree = Leaf | Branch;

interface Leaf {
  readonly value: number;
}

interface Branch {
  readonly column: number;
  /** For each bin of the column, that of missing values included, 1 where its rows go to the left. */
  readonly goesLeft: Uint8Array;
  readonly left: Tree;
  readonly right: Tree;
}

export interface TreeOptions {
  /** Of the loss, `[rows of the table]`. */
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  /** Leaves at most. */
  readonly leaves: number;
  /** Rows in a leaf at least. */
  readonly leafRows: number;
  /** What a leaf's value, the Newton step -sum gradients / sum curvatures, is multiplied by. */
  readonly scale: number;
}

/** What a tree says of a row. */
export function treeValue(tree: Tree, { columns }: BinnedTable, row: number): number {
  let node = tree;
  while ("left" in node) node = node.goesLeft[columns[node.column]!.bins[row]!] ? node.left : node.right;
  return node.value;
}

/** Adds the places of the columns that a tree looks at. */
export function addColumns(tree: Tree, columns: Set<number>): void {
  if (!("left" in tree)) return;
  columns.add(tree.column);
  addColumns(tree.left, columns);
  addColumns(tree.right, columns);
}

/** A part of the rows that may be split once more. */
interface Part {
  readonly rows: Int32Array;
  readonly sums: Sums;
  /** `[bins of all columns, 3]`: sums of gradients and of curvatures, and rows. */
  readonly histogram: Float64Array;
  readonly split: (Split & { readonly column: number }) | null;
  children?: readonly [Part, Part];
}

interface Sums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
}

interface Split {
  readonly gain: number;
  /** Those that go to the left. */
  readonly bins: Uint16Array;
  readonly left: Sums;
}

/** A leaf with less curvature would be all step. */
const LEAST_CURVATURE = 1e-3;
/** Categories of fewer rows have no say in a split, and those of few are drawn towards no gradient in their order. */
const CATEGORY_ROWS = 10;

/** Grows a tree on some rows of a table, always where it gains most. */
export function growTree(table: BinnedTable, rows: Int32Array, options: TreeOptions): Tree {
  const { columns } = table;
  const starts = columns.map(() => 0);
  for (let k = 1; k < columns.length; k++) starts[k] = starts[k - 1]! + columns[k - 1]!.count + 1;
  const bins = columns.reduce((sum, { count }) => sum + count + 1, 0);

  function histogramOf(some: Int32Array): Float64Array {
    const histogram = new Float64Array(3 * bins);
    const gradients = new Float64Array(some.length);
    const curvatures = new Float64Array(some.length);
    for (let i = 0; i < some.length; i++) {
      gradients[i] = options.gradients[some[i]!]!;
      curvatures[i] = options.curvatures[some[i]!]!;
    }
    columns.forEach(({ bins }, k) => {
      const start = starts[k]!;
      for (let i = 0; i < some.length; i++) {
        const place = 3 * (start + bins[some[i]!]!);
        histogram[place]! += gradients[i]!;
        histogram[place + 1]! += curvatures[i]!;
        histogram[place + 2]! += 1;
      }
    });
    return histogram;
  }

  function partOf(some: Int32Array, sums: Sums, histogram: Float64Array): Part {
    let split: Part["split"] = null;
    if (some.length >= 2 * options.leafRows)
      for (const [k, column] of columns.entries()) {
        const own = histogram.subarray(3 * starts[k]!, 3 * (starts[k]! + column.count + 1));
        const found = bestSplit(column, own, sums, options.leafRows);
        if (found && found.gain > (split?.gain ?? 0)) split = { ...found, column: k };
      }
    return { rows: some, sums, histogram, split };
  }

  function divide(part: Part, { column, bins, left }: Split & { readonly column: number }): readonly [Part, Part] {
    const { bins: binOf, count } = columns[column]!;
    const [leftRows, rightRows] = parted(part.rows, binOf, leftBins(bins, count), left.rows);
    const right = less(part.sums, left);
    const leftIsSmall = leftRows.length < rightRows.length;
    const small = histogramOf(leftIsSmall ? leftRows : rightRows);
    // What the smaller part leaves of the whole is the larger one's, in the place of the whole, which is not read again.
    const large = part.histogram;
    for (let k = 0; k < large.length; k++) large[k]! -= small[k]!;
    return [partOf(leftRows, left, leftIsSmall ? small : large), partOf(rightRows, right, leftIsSmall ? large : small)];
  }

  const histogram = histogramOf(rows);
  const root = partOf(rows, sumsOf(histogram, columns[0]!.count + 1), histogram);
  const open = [root];
  for (let leaves = 1; leaves < options.leaves; leaves++) {
    const best = open.reduce((most, part) => ((part.split?.gain ?? 0) > (most.split?.gain ?? 0) ? part : most));
    if (!best.split) break;
    best.children = divide(best, best.split);
    open.splice(open.indexOf(best), 1, ...best.children);
  }

  function finished({ sums, split, children }: Part): Tree {
    if (!split || !children)
      return { value: (-options.scale * sums.gradient) / Math.max(LEAST_CURVATURE, sums.curvature) };
    const goesLeft = leftBins(split.bins, columns[split.column]!.count);
    return { column: split.column, goesLeft, left: finished(children[0]), right: finished(children[1]) };
  }
  return finished(root);
}

function sumsOf(histogram: Float64Array, bins: number): Sums {
  let [gradient, curvature, rows] = [0, 0, 0];
  for (let k = 0; k < bins; k++) {
    gradient += histogram[3 * k]!;
    curvature += histogram[3 * k + 1]!;
    rows += histogram[3 * k + 2]!;
  }
  return { gradient, curvature, rows };
}

function less(whole: Sums, part: Sums): Sums {
  return {
    gradient: whole.gradient - part.gradient,
    curvature: whole.curvature - part.curvature,
    rows: whole.rows - part.rows,
  };
}

/** For each bin of a column of so many, and for missing values, 1 where it is one of some. */
function leftBins(bins: Uint16Array, count: number): Uint8Array {
  const left = new Uint8Array(count + 1);
  for (const bin of bins) left[bin] = 1;
  return left;
}

function parted(rows: Int32Array, bins: Uint8Array, goesLeft: Uint8Array, count: number): [Int32Array, Int32Array] {
  const [left, right] = [new Int32Array(count), new Int32Array(rows.length - count)];
  let [inLeft, inRight] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (goesLeft[bins[row]!]) left[inLeft++] = row;
    else right[inRight++] = row;
  }
  return [left, right];
}

/** The split of a part by one column that gains most: `sum over sides of G^2 / H`, less that of the whole; `null` where none gains. */
function bestSplit(
  { ordered, count }: BinnedColumn,
  histogram: Float64Array,
  whole: Sums,
  leafRows: number,
): Split | null {
  let best: Split | null = null as Split | null;
  /** Tries each start of a list of bins as the left side, after those that are there already. */
  function scan(bins: Uint16Array, tried: number): void {
    let [gradient, curvature, rows] = [0, 0, 0];
    for (let k = 0; k < tried; k++) {
      const place = 3 * bins[k]!;
      gradient += histogram[place]!;
      curvature += histogram[place + 1]!;
      rows += histogram[place + 2]!;
      const rest = whole.curvature - curvature;
      if (rows < leafRows || curvature < LEAST_CURVATURE) continue;
      if (whole.rows - rows < leafRows || rest < LEAST_CURVATURE) break;
      const gain =
        gradient ** 2 / curvature + (whole.gradient - gradient) ** 2 / rest - whole.gradient ** 2 / whole.curvature;
      if (gain > (best?.gain ?? 0)) best = { gain, bins: bins.subarray(0, k + 1), left: { gradient, curvature, rows } };
    }
  }

  if (ordered) {
    const bins = Uint16Array.from({ length: count }, (_, k) => k);
    scan(bins, count);
    if (histogram[3 * count + 2]! > 0) scan(Uint16Array.of(count, ...bins), count);
  } else {
    const rowsOfCurvature = whole.rows / whole.curvature;
    const mean = (bin: number) => histogram[3 * bin]! / (histogram[3 * bin + 1]! + CATEGORY_ROWS);
    const bins = Uint16Array.from({ length: count + 1 }, (_, k) => k)
      .filter((bin) => histogram[3 * bin + 1]! * rowsOfCurvature >= CATEGORY_ROWS)
      .sort((a, b) => mean(a) - mean(b));
    const half = (bins.length + 1) >> 1;
    scan(bins, half);
    scan(bins.toReversed(), half - 1);
  }
  return best;
}
