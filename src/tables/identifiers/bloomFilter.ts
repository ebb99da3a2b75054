import { fromBase64, toBase64 } from "../../base64.js";

/** Six bits a text and four of them set: one in twenty texts that are not in it seem to be, which costs only another draw. */
const [BITS, HASHES] = [6, 4];

/** A Bloom filter of texts, in base64: what `bloomFilter` reads. */
export function bloomFilterOf(texts: readonly string[]): string {
  const bits = new Uint8Array(Math.ceil((texts.length * BITS) / 8) + 1);
  for (const text of texts) {
    for (const place of placesIn(bits, text)) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
  }
  return toBase64(bits);
}

/** Whether a text may be one of those that a filter was made of: never false for one that is. */
export function bloomFilter(encoded: string): (text: string) => boolean {
  const bits = fromBase64(encoded);
  return (text) => placesIn(bits, text).every((place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0);
}

function placesIn(bits: Uint8Array, text: string): number[] {
  const [first, second] = [hash(text, 0x811c9dc5), hash(text, 0x9747b28c) | 1];
  return Array.from({ length: HASHES }, (_, i) => ((first + i * second) >>> 0) % (bits.length * 8));
}

/** FNV-1a over UTF-16 units, its bits mixed once more. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
