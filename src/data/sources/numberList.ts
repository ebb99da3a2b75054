import { InputError } from "../../errors.js";

/** Numbers that are read one after the other, their count not known before: 8 bytes each, in pieces that double in size. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** All of them, in one piece. */
  joined(): Float64Array;
}

const FIRST_PIECE = 2 ** 10;
const LARGEST_PIECE = 2 ** 20;

export function numberList(): NumberList {
  const full: Float64Array[] = [];
  let piece = new Float64Array(FIRST_PIECE);
  let before = 0;
  let used = 0;
  return {
    get length() {
      return before + used;
    },
    push(value) {
      if (used === piece.length) {
        full.push(piece);
        before += used;
        piece = new Float64Array(Math.min(2 * used, LARGEST_PIECE));
        used = 0;
      }
      piece[used++] = value;
    },
    joined() {
      const all = new Float64Array(before + used);
      let at = 0;
      for (const one of [...full, piece.subarray(0, used)]) {
        all.set(one, at);
        at += one.length;
      }
      return all;
    },
  };
}

/**
 * Checks that a source holds no more numbers than may be kept.
 * @throws InputError where it does
 */
export function requireRoom(name: string, numbers: number, most: number): void {
  if (numbers <= most) return;
  throw new InputError(`${name} holds more than ${most} numbers, which take an eighth of the memory; take fewer.`);
}
