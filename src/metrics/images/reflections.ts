/** A dense matrix in float64, row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What long work awaits between its steps. */
export type Turn = () => Promise<void>;

/**
 * R of the QR decomposition A = Q R by Householder reflections (Golub and Van Loan, "Matrix Computations", algorithm 5.2.1), so that
 * A^T A = R^T R, for A of any rank: A itself where it has no more rows than columns. The values of `matrix` are overwritten.
 */
export async function triangularFactor(matrix: Matrix, turn: Turn): Promise<Matrix> {
  const { rows, columns, values } = matrix;
  if (rows <= columns) return matrix;
  for (let k = 0; k < columns; k++) {
    values[k * columns + k] = reflectColumn(matrix, k);
    values.fill(0, k * columns, k * columns + k);
    await turn();
  }
  return { rows: columns, columns, values: values.subarray(0, columns * columns) };
}

/**
 * The bidiagonal of A = U B V^T (Golub and Van Loan, algorithm 5.4.2), which has A's singular values. The values of `matrix`, which has
 * no fewer rows than columns, are overwritten.
 * @returns b11, b12, b22, b23, ..., bnn
 */
export async function bidiagonal(matrix: Matrix, turn: Turn): Promise<Float64Array> {
  const { columns } = matrix;
  const found = new Float64Array(Math.max(0, 2 * columns - 1));
  for (let k = 0; k < columns; k++) {
    found[2 * k] = reflectColumn(matrix, k);
    if (k + 1 < columns) found[2 * k + 1] = reflectRow(matrix, k);
    await turn();
  }
  return found;
}

/** Reflects rows k and below so that column k has one element there, which is returned; changes the columns after it. */
function reflectColumn({ rows, columns, values }: Matrix, k: number): number {
  const mirror = new Float64Array(rows - k);
  for (let i = k; i < rows; i++) mirror[i - k] = values[i * columns + k]!;
  const { element, scale } = toMirror(mirror);
  if (scale === 0) return element;
  const products = new Float64Array(columns);
  for (let i = k; i < rows; i++) {
    const factor = mirror[i - k]!;
    if (factor === 0) continue;
    const row = i * columns;
    for (let j = k + 1; j < columns; j++) products[j]! += factor * values[row + j]!;
  }
  for (let i = k; i < rows; i++) {
    const factor = scale * mirror[i - k]!;
    if (factor === 0) continue;
    const row = i * columns;
    for (let j = k + 1; j < columns; j++) values[row + j]! -= factor * products[j]!;
  }
  return element;
}

/** Reflects the columns after k so that row k has one element there, which is returned; changes the rows below it. */
function reflectRow({ rows, columns, values }: Matrix, k: number): number {
  const first = k + 1;
  const mirror = values.slice(k * columns + first, (k + 1) * columns);
  const { element, scale } = toMirror(mirror);
  if (scale === 0) return element;
  for (let i = first; i < rows; i++) {
    const row = i * columns + first;
    let product = 0;
    for (let j = 0; j < mirror.length; j++) product += mirror[j]! * values[row + j]!;
    const factor = scale * product;
    for (let j = 0; j < mirror.length; j++) values[row + j]! -= factor * mirror[j]!;
  }
  return element;
}

/**
 * Makes of x, in place, the v whose reflection I - scale v v^T takes x to (element, 0, 0, ...). The sign of `element` is the one
 * that subtracts no two numbers of nearly the same size. What is left of columns that others span may be so small that its squares are 0:
 * it is divided by its largest first.
 */
function toMirror(x: Float64Array): { readonly element: number; readonly scale: number } {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!));
  if (largest === 0) return { element: 0, scale: 0 };
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    x[i]! /= largest;
    squares += x[i]! ** 2;
  }
  const first = x[0]!;
  const element = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  x[0] = first - element;
  return { element: element * largest, scale: 1 / (squares - first * element) };
}
