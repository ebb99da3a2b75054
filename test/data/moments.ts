/** Mean and variance of each column of flat rows `[count, columns]`. */
export function moments(rows: Float32Array | Float64Array, columns: number): { mean: number[]; variance: number[] } {
  const count = rows.length / columns;
  const axes = Array.from({ length: columns }, (_, axis) => axis);
  const column = (axis: number) => Array.from({ length: count }, (_, i) => rows[i * columns + axis]!);
  const average = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const mean = axes.map((axis) => average(column(axis)));
  const variance = axes.map((axis) => average(column(axis).map((x) => (x - mean[axis]!) ** 2)));
  return { mean, variance };
}
