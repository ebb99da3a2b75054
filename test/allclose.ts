import { expect } from "vitest";

/** Values with a shape, of the engine or of a fixture. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export interface Tolerance {
  /** Largest error allowed, as a share of the largest magnitude in either tensor. Default: 1e-5. */
  readonly relative?: number;
  /** Largest error allowed whatever the magnitudes. Default: 0. */
  readonly absolute?: number;
}

interface AllcloseMatchers<R> {
  /**
   * The same shape, and max |actual - expected| <= absolute + relative * max(max |actual|, max |expected|). The measure is
   * symmetric and relative to the tensor's scale: what an element near zero loses in a sum of large terms is no error. NaN is never
   * close; an infinity is close to itself only.
   */
  toBeAllclose(expected: Values, tolerance?: Tolerance): R;
}

declare module "vitest" {
  interface Matchers<T> extends AllcloseMatchers<T> {}
}

expect.extend({
  toBeAllclose(actual: Values, expected: Values, { relative = 1e-5, absolute = 0 }: Tolerance = {}) {
    const shapes = `[${actual.shape}] and [${expected.shape}]`;
    if (!this.equals([...actual.shape], [...expected.shape]) || actual.data.length !== expected.data.length) {
      return { pass: false, message: () => `shapes ${shapes} differ` };
    }
    const limit = absolute + relative * Math.max(magnitude(actual), magnitude(expected));
    const { error, index } = largestError(actual, expected);
    return {
      pass: error <= limit,
      message: () =>
        `largest error ${error.toPrecision(3)} at element ${index}: ${actual.data[index]} against ${expected.data[index]}; ` +
        `${this.isNot ? "expected more than" : "allowed"} ${limit.toPrecision(3)}`,
    };
  },
});

/** max |a - b| / max(max |a|, max |b|) over finite values; 0 where both are all zero. */
export function relativeError(a: Values, b: Values): number {
  const scale = Math.max(magnitude(a), magnitude(b));
  return scale === 0 ? 0 : largestError(a, b).error / scale;
}

function magnitude({ data }: Values): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) largest = Math.max(largest, Math.abs(data[i]!));
  return largest;
}

function largestError(a: Values, b: Values): { error: number; index: number } {
  let worst = { error: 0, index: 0 };
  for (let index = 0; index < a.data.length; index++) {
    const [x, y] = [a.data[index]!, b.data[index]!];
    const difference = x === y ? 0 : Math.abs(x - y);
    const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    if (error > worst.error) worst = { error, index };
  }
  return worst;
}
