import { cosineOfTurn, sineOfTurn } from "./turns.js";
import { Xoroshiro128Plus } from "./xoroshiro.js";

/** A seeded generator of random numbers. Its whole state is four 32-bit integers, so a checkpoint can hold it. */
export interface Rng {
  /** A number drawn uniformly from [0, 1). */
  uniform(): number;
  /** A number drawn from the standard normal distribution. */
  normal(): number;
  /**
   * A whole number drawn uniformly from 0 to `n - 1`, with `n` from 1 to 2^32.
   * @param n how many numbers there are to draw from
   */
  integer(n: number): number;
  /**
   * `count` numbers of `uniform()`.
   * @param count how many
   */
  uniforms(count: number): Float32Array;
  /**
   * `count` numbers of `normal()`.
   * @param count how many
   */
  normals(count: number): Float32Array;
  /** A new generator whose stream is independent of what this one draws later. */
  split(): Rng;
  /** The state, to be given to `restoreRng`. */
  state(): readonly number[];
}

/**
 * A generator (xoroshiro128+) that draws the same numbers for the same seed, everywhere.
 * @param seed any whole number of 32 bits
 */
export function createRng(seed: number): Rng {
  const generator = new Xoroshiro128Plus(-1, ~seed, seed | 0, 0);
  // Neighbouring seeds start in neighbouring states; a jump of 2^64 steps parts their streams.
  generator.jump();
  return fromGenerator(generator);
}

/**
 * The generator whose `state()` was `state`; it goes on exactly where that one stood.
 * @param state what `Rng.state` gave
 * @throws RangeError where `state` is not four numbers
 */
export function restoreRng(state: readonly number[]): Rng {
  const [a, b, c, d] = state;
  if (state.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined)
    throw new RangeError(`the state of a generator is four numbers, and not ${state.length}`);
  return fromGenerator(new Xoroshiro128Plus(a, b, c, d));
}

/** A whole number of 32 bits has so many values; 24 bits of it make a float32 without rounding. */
const WORDS = 2 ** 32;
const FRACTION = 2 ** 24;

/** Of a word of 32 bits, a number in [0, 1). */
function fraction(word: number): number {
  return (word & (FRACTION - 1)) / FRACTION;
}

/** The distance from 0 of a point in the plane with standard normal coordinates: 1 - u lies in (0, 1], where the logarithm is finite. */
function radius(u: number): number {
  return Math.sqrt(-2 * Math.log(1 - u));
}

function fromGenerator(generator: Xoroshiro128Plus): Rng {
  const uniform = () => fraction(generator.next());
  const integer = (n: number) => {
    // Values above the last whole multiple of n would favour the small ones.
    const end = WORDS - (WORDS % n);
    for (;;) {
      const word = generator.next() + WORDS / 2;
      if (word < end) return word % n;
    }
  };
  // Box-Muller, one draw of a pair: nothing is kept between calls, so the generator's state is the whole state.
  const normal = () => radius(uniform()) * cosineOfTurn(uniform());
  return {
    uniform,
    normal,
    integer,
    uniforms(count) {
      const values = new Float32Array(count);
      for (let i = 0; i < count; i++) values[i] = fraction(generator.next());
      return values;
    },
    normals(count) {
      const values = new Float32Array(count);
      for (let i = 0; i < count; i += 2) {
        const length = radius(fraction(generator.next()));
        const turn = fraction(generator.next());
        values[i] = length * cosineOfTurn(turn);
        if (i + 1 < count) values[i + 1] = length * sineOfTurn(turn);
      }
      return values;
    },
    split() {
      const child = generator.clone();
      generator.jump();
      return fromGenerator(child);
    },
    state: () => generator.state(),
  };
}
