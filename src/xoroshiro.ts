/** A jump, as the polynomial of its steps: 2^64 of them. */
const JUMP = [0xd8f554a5, 0xdf900294, 0x4b3201fc, 0x170865df];

/**
 * The generator xoroshiro128+ with the rotations 24, 16 and 37, of which it gives the lower 32 bits. Two words of 64 bits are its state,
 * each as two numbers of 32.
 *
 * Reference: Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021; prng.di.unimi.it.
 */
export class Xoroshiro128Plus {
  constructor(
    private high0: number,
    private low0: number,
    private high1: number,
    private low1: number,
  ) {}

  /** The next 32 bits, as a whole number with a sign. */
  next(): number {
    const { high0, low0, high1, low1 } = this;
    const low = low1 ^ low0;
    const high = high1 ^ high0;
    this.low0 = (low0 << 24) ^ (high0 >>> 8) ^ low ^ (low << 16);
    this.high0 = (high0 << 24) ^ (low0 >>> 8) ^ high ^ ((high << 16) | (low >>> 16));
    this.low1 = (high << 5) ^ (low >>> 27);
    this.high1 = (low << 5) ^ (high >>> 27);
    return (low0 + low1) | 0;
  }

  /** Goes on by 2^64 steps. */
  jump(): void {
    let [high0, low0, high1, low1] = [0, 0, 0, 0];
    for (const word of JUMP) {
      for (let bit = 0; bit < 32; bit++) {
        if ((word >>> bit) & 1) {
          high0 ^= this.high0;
          low0 ^= this.low0;
          high1 ^= this.high1;
          low1 ^= this.low1;
        }
        this.next();
      }
    }
    this.high0 = high0;
    this.low0 = low0;
    this.high1 = high1;
    this.low1 = low1;
  }

  clone(): Xoroshiro128Plus {
    return new Xoroshiro128Plus(this.high0, this.low0, this.high1, this.low1);
  }

  state(): [number, number, number, number] {
    return [this.high0, this.low0, this.high1, this.low1];
  }
}
