import { bidiagonal, type Matrix, type Turn } from "./reflections.js";

/** Sweeps of rotations that an eigenvalue may take; two or three are usual. */
const MOST_SWEEPS = 60;

/** The sum of a matrix's singular values. The values of `matrix` are overwritten. */
export async function nuclearNorm(matrix: Matrix, turn: Turn): Promise<number> {
  const tall = matrix.rows < matrix.columns ? transposed(matrix) : matrix;
  // The symmetric tridiagonal matrix with 0 on its diagonal and a bidiagonal beside it has each singular value twice: as it is and
  // with the sign changed (Golub and Kahan 1965, section 3).
  const beside = await bidiagonal(tall, turn);
  const eigenvalues = tridiagonalEigenvalues(new Float64Array(2 * tall.columns), beside);
  return eigenvalues.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j]!;
  return { rows: columns, columns: rows, values: turned };
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL algorithm (Golub and Van Loan, section 8.3; the arrangement is
 * EISPACK's imtql1), each to within rounding of the largest.
 * @param diagonal `[n]`, overwritten by the eigenvalues
 * @param beside `[n - 1]`
 */
function tridiagonalEigenvalues(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const n = diagonal.length;
  const d = diagonal;
  const e = Float64Array.from({ length: n }, (_, i) => beside[i] ?? 0);
  const scale = Math.max(largest(d), largest(e));
  const negligible = Number.EPSILON * scale;
  const firstSmall = (from: number) => {
    let m = from;
    while (m < n - 1 && Math.abs(e[m]!) > negligible) m++;
    return m;
  };
  for (let l = 0; l < n; l++) {
    for (let sweep = 0, m = firstSmall(l); m !== l; m = firstSmall(l)) {
      if (++sweep > MOST_SWEEPS) throw new Error("the eigenvalues of a tridiagonal matrix were not found");
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.sqrt(g * g + 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
      }
      if (i >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
  return d;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
