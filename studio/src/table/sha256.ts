/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const [ROUNDS, INITIAL] = constants();

/**
 * SHA-256 of several pieces of content, one after the other, in hexadecimal; texts count as UTF-8. The browser's own is there in secure
 * contexts only, and the page is to work from any host.
 *
 * Reference: FIPS 180-4, section 6.2.
 */
export function sha256(...content: readonly (string | Float32Array | Uint8Array | Uint32Array)[]): string {
  const state = Uint32Array.from(INITIAL);
  const block = new Uint8Array(64);
  const words = new Uint32Array(64);
  let length = 0;
  const put = (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.length; ) {
      const place = length % 64;
      const piece = bytes.subarray(from, from + 64 - place);
      block.set(piece, place);
      from += piece.length;
      length += piece.length;
      if (length % 64 === 0) digest(state, block, words);
    }
  };
  for (const piece of content) put(bytesOf(piece));
  const end = new DataView(new ArrayBuffer(8));
  end.setBigUint64(0, 8n * BigInt(length));
  put(Uint8Array.of(0x80));
  put(new Uint8Array((120 - (length % 64)) % 64));
  put(new Uint8Array(end.buffer));
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function bytesOf(piece: string | Float32Array | Uint8Array | Uint32Array): Uint8Array {
  if (typeof piece === "string") return new TextEncoder().encode(piece);
  return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
}

function digest(state: Uint32Array, block: Uint8Array, words: Uint32Array): void {
  const view = new DataView(block.buffer);
  for (let t = 0; t < 16; t++) words[t] = view.getUint32(4 * t);
  for (let t = 16; t < 64; t++) {
    const [early, late] = [words[t - 15]!, words[t - 2]!];
    const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const large = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[t] = words[t - 16]! + small + words[t - 7]! + large;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + ROUNDS[t]! + words[t]!) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i]! += value;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function constants(): [Uint32Array, Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => (root % 1) * 2 ** 32;
  return [
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
}
