import type { ArcSearch } from "./arcSearch.js";
import { euclideanDistance, faintSquare } from "./pointDistance.js";
import { clear, insert, type Smallest } from "./smallest.js";

/** Points of a leaf. */
const leafSize = 8;
/** Nodes that wait at once: one for each level. */
const mostLevels = 40;
/** Far above the relative error of the few roundings in a bound. */
const rounding = 2 ** -44;

/**
 * The search over a k-d tree of the targets, which looks at few of them. Every node halves its points across the longest side of their
 * bounding box, of centre `m` and half sides `h`, and holds a plane above the potentials of its points:
 *
 *     v_j <= most + slope (y_j - m)   (+ |y_j - m|^2 where costs are squares)
 *
 * Costs lie above their own tangent at `m` (for squares, by `|y - m|^2`), so that for all points of the node
 *
 *     c(x, y_j) - v_j >= c(x, m) - most - sum_k |c'(x, m)_k - slope_k| h_k
 *
 * As optimal potentials rise along the way that mass goes as steeply as costs do, a bound without slopes would exclude hardly anything.
 *
 * @param a sources `[count, dimension]`; `b` targets likewise
 * @param squared whether the cost is the square of the distance
 */
export function pointTree(a: Float64Array, b: Float64Array, dimension: number, squared: boolean): ArcSearch {
  const count = b.length / dimension;
  const onLine = dimension === 1 && !squared;
  let leaves = 1;
  while (leaves * leafSize < count) leaves *= 2;
  const firstLeaf = leaves - 1;
  const nodes = 2 * leaves - 1;
  // The targets in the order of the leaves. Node k has the children 2k + 1 and 2k + 2, and the points first[k] .. last[k] - 1.
  const order = Int32Array.from({ length: count }, (_, j) => j);
  const first = new Int32Array(nodes);
  const last = new Int32Array(nodes);
  const centre = new Float64Array(nodes * dimension);
  const half = new Float64Array(nodes * dimension);
  divide(0, 0, count);
  const points = new Float64Array(b.length);
  order.forEach((j, place) => {
    points.set(b.subarray(j * dimension, (j + 1) * dimension), place * dimension);
  });
  let potentials: Float64Array = new Float64Array();
  // As they were when planes were fitted, in the order of the leaves.
  const fitted = new Float64Array(count);
  const slope = new Float64Array(nodes * dimension);
  const most = new Float64Array(nodes);
  const waiting = new Int32Array(mostLevels);
  const bounds = new Float64Array(mostLevels);

  function divide(node: number, from: number, to: number): void {
    first[node] = from;
    last[node] = to;
    let widest = 0;
    for (let k = 0; k < dimension; k++) {
      let low = Infinity;
      let high = -Infinity;
      for (let place = from; place < to; place++) {
        const y = b[order[place]! * dimension + k]!;
        if (y < low) low = y;
        if (y > high) high = y;
      }
      const side = node * dimension + k;
      centre[side] = low + (high - low) / 2;
      half[side] = Math.max(high - centre[side]!, centre[side]! - low);
      if (half[side]! > half[node * dimension + widest]!) widest = k;
    }
    if (node >= firstLeaf) return;
    order.subarray(from, to).sort((p, q) => b[p * dimension + widest]! - b[q * dimension + widest]!);
    const middle = (from + to) >> 1;
    divide(2 * node + 1, from, middle);
    divide(2 * node + 2, middle, to);
  }

  function prepare(v: Float64Array): void {
    potentials = v;
    for (let place = 0; place < count; place++) fitted[place] = v[order[place]!]!;
    for (let node = 0; node < nodes; node++) fitPlane(node);
  }

  function fitPlane(node: number): void {
    const [from, to] = [first[node]!, last[node]!];
    let mean = 0;
    for (let place = from; place < to; place++) mean += fitted[place]! / (to - from);
    let reach = 0;
    for (let k = 0; k < dimension; k++) {
      const side = node * dimension + k;
      let together = 0;
      let spread = 0;
      for (let place = from; place < to; place++) {
        // In half sides: the product of an offset and a square of one may be beyond float64.
        const offset = (points[place * dimension + k]! - centre[side]!) / half[side]!;
        together += offset * (fitted[place]! - mean);
        spread += offset * offset;
      }
      slope[side] = spread > 0 ? together / spread / half[side]! : 0;
      reach += (1 + Math.abs(slope[side]!)) * half[side]!;
    }
    let largest = -Infinity;
    for (let place = from; place < to; place++) {
      let value = fitted[place]!;
      for (let k = 0; k < dimension; k++) {
        const offset = points[place * dimension + k]! - centre[node * dimension + k]!;
        value -= slope[node * dimension + k]! * offset;
        if (squared) value -= offset * offset;
      }
      if (value > largest) largest = value;
    }
    most[node] = largest + rounding * (Math.abs(largest) + reach);
  }

  function find(source: number, limit: number, found: Smallest): void {
    clear(found, limit);
    let height = 1;
    waiting[0] = 0;
    bounds[0] = -Infinity;
    while (height > 0) {
      let node = waiting[--height]!;
      let least = bounds[height]!;
      while (least < found.bound && node < firstLeaf) {
        const left = bound(2 * node + 1, source);
        const right = bound(2 * node + 2, source);
        const leftFirst = left <= right;
        waiting[height] = leftFirst ? 2 * node + 2 : 2 * node + 1;
        bounds[height++] = leftFirst ? right : left;
        node = leftFirst ? 2 * node + 1 : 2 * node + 2;
        least = leftFirst ? left : right;
      }
      if (least < found.bound) searchLeaf(node, source, found);
    }
  }

  /** No point of a node has a lower reduced cost. */
  function bound(node: number, source: number): number {
    const x = source * dimension;
    const side = node * dimension;
    let sum = 0;
    for (let k = 0; k < dimension; k++) {
      const gap = centre[side + k]! - a[x + k]!;
      sum += onLine ? Math.abs(gap) : gap * gap;
    }
    const distance = squared || onLine ? sum : sum > faintSquare ? Math.sqrt(sum) : 0;
    const steepness = squared ? 2 : distance > 0 ? 1 / distance : 0;
    let slack = 0;
    for (let k = 0; k < dimension; k++)
      slack += Math.abs(steepness * (centre[side + k]! - a[x + k]!) - slope[side + k]!) * half[side + k]!;
    return distance - most[node]! - slack - rounding * (distance + slack);
  }

  function searchLeaf(node: number, source: number, found: Smallest): void {
    for (let place = first[node]!; place < last[node]!; place++) {
      const value = cost(source, place) - potentials[order[place]!]!;
      if (value < found.bound) insert(found, value, order[place]!);
    }
  }

  function cost(source: number, place: number): number {
    let sum = 0;
    for (let k = 0, p = source * dimension, q = place * dimension; k < dimension; k++, p++, q++) {
      const gap = a[p]! - points[q]!;
      sum += onLine ? Math.abs(gap) : gap * gap;
    }
    if (squared || onLine) return sum;
    return sum > faintSquare ? Math.sqrt(sum) : euclideanDistance(a, source, points, place, dimension);
  }

  return { prepare, find };
}
