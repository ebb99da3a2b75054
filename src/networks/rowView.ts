import { quantilesIn, type RowLayout } from "../data/codecs/rowLayout.js";
import { add, concat, cos, fill, gather, lengthOf, mul, sub, type Tensor } from "../engine/index.js";

/** Cosines of each quantile that the critic sees. */
const COSINES = 6;

/**
 * What a critic sees of encoded rows, `[n, layout.width]` to `[n, width]`: beside the row, of each quantile q the cosines of j pi (q + 1) / 2
 * for j from 1 to 6, halved, and 0 where its gate is closed. A network tells two nearby values apart by these sooner than by the quantile.
 */
export function rowView(layout: RowLayout): {
  readonly width: number;
  readonly of: (row: Tensor) => Tensor;
} {
  const { width } = layout;
  const quantiles = quantilesIn(layout);
  if (quantiles.length === 0) return { width, of: (row) => row };
  const places = quantiles.map(({ quantile }) => quantile);
  const gates = quantiles.map(({ gate }) => gate ?? width);
  return {
    width: width + COSINES * quantiles.length,
    of(row) {
      const n = lengthOf(row.shape, 0);
      const angle = add(mul(gather(row, places, 1), Math.PI / 2), Math.PI / 2);
      const open = mul(gather(concat([row, fill([n, 1], 1)], 1), gates, 1), 0.5);
      // By the rule for cos(j a) = 2 cos(a) cos((j - 1) a) - cos((j - 2) a).
      const first = cos(angle);
      const cosines = [first];
      let [before, last]: [Tensor | number, Tensor] = [1, first];
      for (let j = 2; j <= COSINES; j++) {
        const next = sub(mul(mul(first, 2), last), before);
        cosines.push(next);
        [before, last] = [last, next];
      }
      return concat([row, ...cosines.map((cosine) => mul(cosine, open))], 1);
    },
  };
}
