/**
 * A length that is left open while the graph is built: a whole multiple of a symbol, such as `batch`, that stands for any number.
 * There is one object of each, so `===` compares lengths.
 */
export class SymbolicDimension {
  static readonly #made = new Map<string, SymbolicDimension>();
  /** The symbol that stands for any number, such as "batch". */
  readonly symbol: string;
  /** What the symbol is multiplied by. */
  readonly times: number;

  private constructor(symbol: string, times: number) {
    this.symbol = symbol;
    this.times = times;
  }

  /**
   * The length that is `times` times a symbol.
   * @param symbol such as "batch"
   * @param times a whole number from 1
   */
  static of(symbol: string, times: number): SymbolicDimension {
    const key = `${times}*${symbol}`;
    const known = SymbolicDimension.#made.get(key) ?? new SymbolicDimension(symbol, times);
    SymbolicDimension.#made.set(key, known);
    return known;
  }

  /** As messages and model files write it: `batch`, `6*batch`. */
  toString(): string {
    return this.times === 1 ? this.symbol : `${this.times}*${this.symbol}`;
  }
}

/** The length of an axis: a number, or a symbol's multiple. */
export type Dimension = number | SymbolicDimension;

/**
 * A length that stands for any number, for the inputs of `traceModel`: a model of `{ shape: [symbolicDimension("batch"), 2] }` takes
 * any number of points.
 * @param symbol what model files call it, such as "batch"
 */
export function symbolicDimension(symbol: string): SymbolicDimension {
  return SymbolicDimension.of(symbol, 1);
}

/** a * b; `undefined` where two symbols meet. */
export function product(a: Dimension, b: Dimension): Dimension | undefined {
  if (typeof a === "number") return typeof b === "number" ? a * b : multiple(b, a);
  return typeof b === "number" ? multiple(a, b) : undefined;
}

/** a / b; `undefined` where that is no length. */
export function quotient(a: Dimension, b: Dimension): Dimension | undefined {
  if (typeof a === "number") return typeof b === "number" && Number.isInteger(a / b) ? a / b : undefined;
  const times = typeof b === "number" ? a.times / b : b.symbol === a.symbol ? a.times / b.times : Number.NaN;
  if (!Number.isInteger(times)) return undefined;
  return typeof b === "number" ? SymbolicDimension.of(a.symbol, times) : times;
}

/** a + b; `undefined` where that has no name. */
export function total(a: Dimension, b: Dimension): Dimension | undefined {
  if (a === 0) return b;
  if (b === 0) return a;
  if (typeof a === "number") return typeof b === "number" ? a + b : undefined;
  return typeof b !== "number" && a.symbol === b.symbol ? SymbolicDimension.of(a.symbol, a.times + b.times) : undefined;
}

function multiple({ symbol, times }: SymbolicDimension, factor: number): Dimension {
  return factor === 0 ? 0 : SymbolicDimension.of(symbol, times * factor);
}
