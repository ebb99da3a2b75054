/** What a string takes in memory beside its characters, and its place in an array. */
export const STRING_BYTES = 40;
const FIRST_TEXTS = 16;
const FIRST_BYTES = 64;
/** Bytes that are decoded at a time. */
const DECODED = 2 ** 16;

/**
 * Different texts as bytes, each with a number, its code, in the order in which they came: a hash table that makes no string of a text it
 * has. It starts small, since a table may have thousands of columns.
 */
export class TextDictionary {
  /** The code, and one more, of the text that has this place by its hash or lies next to it; 0 where there is none. */
  #slots = new Uint32Array(2 * FIRST_TEXTS);
  #hashes = new Uint32Array(FIRST_TEXTS);
  /** Where each text ends in `#bytes`; it begins where the one before ends. */
  #ends = new Uint32Array(FIRST_TEXTS);
  #bytes = new Uint8Array(FIRST_BYTES);
  #size = 0;

  /** How many texts there are. */
  get size(): number {
    return this.#size;
  }

  /** Bytes that the texts take as strings. */
  get memory(): number {
    return STRING_BYTES * this.#size + this.#endOf(this.#size - 1);
  }

  /** The code of the text in a range of bytes, which is kept where it is new. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot]! - 1;
      if (code < 0) return this.#add(hash, slot, bytes, start, end);
      if (this.#hashes[code] === hash && this.#is(code, bytes, start, end)) return code;
    }
  }

  /** Whether all texts are UTF-8. */
  isUtf8(): boolean {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      for (const { piece } of this.#pieces()) decoder.decode(piece);
      return true;
    } catch {
      return false;
    }
  }

  /** All texts as strings, by their codes. */
  texts(decoder: TextDecoder): string[] {
    const texts: string[] = [];
    for (const { from, to, start, piece } of this.#pieces()) {
      const text = decoder.decode(piece);
      // Where each byte became a character, the text is cut where the bytes are.
      const isPlain = text.length === piece.length;
      for (let code = from; code < to; code++) {
        const [first, last] = [this.#endOf(code - 1), this.#endOf(code)];
        texts.push(
          isPlain ? text.slice(first - start, last - start) : decoder.decode(this.#bytes.subarray(first, last)),
        );
      }
    }
    return texts;
  }

  /** The dictionary of those texts that `codes` name, which are changed to the codes that they have there. */
  only(codes: Uint32Array): TextDictionary {
    const kept = new TextDictionary();
    const places = new Uint32Array(this.#size);
    for (const [row, code] of codes.entries()) {
      places[code] ||= kept.codeOf(this.#bytes, this.#endOf(code - 1), this.#endOf(code)) + 1;
      codes[row] = places[code]! - 1;
    }
    return kept;
  }

  /** The bytes of the texts from a code up to another, many at a time, and where they begin. */
  *#pieces() {
    for (let from = 0, to = 0; from < this.#size; from = to) {
      const start = this.#endOf(from - 1);
      while (to < this.#size && this.#endOf(to) - start < DECODED) to++;
      to = Math.max(to, from + 1);
      yield { from, to, start, piece: this.#bytes.subarray(start, this.#endOf(to - 1)) };
    }
  }

  #endOf(code: number): number {
    return code < 0 ? 0 : this.#ends[code]!;
  }

  #is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#endOf(code - 1);
    if (this.#ends[code]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#bytes[at++] !== bytes[i]) return false;
    return true;
  }

  #add(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.#size++;
    const from = this.#endOf(code - 1);
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(2 * to));
    this.#bytes.set(bytes.subarray(start, end), from);
    if (code === this.#ends.length) {
      this.#ends = grown(this.#ends, new Uint32Array(2 * code));
      this.#hashes = grown(this.#hashes, new Uint32Array(2 * code));
    }
    this.#ends[code] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    if (2 * this.#size > this.#slots.length) this.#spread();
    return code;
  }

  /** Gives the slots twice the room. */
  #spread(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** FNV-1a, its bits mixed once more, since the lowest choose a place. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
