/**
 * Writes Protocol Buffers, the encoding of ONNX files: a message is its fields behind each other, each with a number and how it is encoded.
 * See https://protobuf.dev/programming-guides/encoding.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

/** How a field is encoded. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const encoder = new TextEncoder();

/** A message of these fields. */
export function message(...fields: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let place = 0;
  for (const field of fields) {
    bytes.set(field, place);
    place += field.length;
  }
  return bytes;
}

/** A field with a whole number of 64 bits. */
export function whole(field: number, value: number | bigint): Bytes {
  return Uint8Array.from([...varint(tag(field, VARINT)), ...varint(value)]);
}

/** A field with a number in single precision. */
export function float(field: number, value: number): Bytes {
  return message(Uint8Array.from(varint(tag(field, FIXED_32))), bytesOf(Float32Array.of(value)));
}

/** A field with bytes, a text, or a message. */
export function bytes(field: number, value: Bytes | string): Bytes {
  const content = typeof value === "string" ? encoder.encode(value) : value;
  return message(Uint8Array.from([...varint(tag(field, LENGTH_DELIMITED)), ...varint(content.length)]), content);
}

/** The bytes of numbers, lowest first as this machine has them. */
export function bytesOf(array: Float32Array | BigInt64Array): Bytes {
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}

function tag(field: number, encoding: number): number {
  return (field << 3) | encoding;
}

/** Seven bits a byte, the lowest first; a negative number as its two's complement of 64 bits. */
function varint(value: number | bigint): number[] {
  if (value >= 0 && value < 128) return [Number(value)];
  let rest = BigInt.asUintN(64, BigInt(value));
  const groups: number[] = [];
  while (rest > 127n) {
    groups.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...groups, Number(rest)];
}
