/**
 * Writes Protocol Buffers, the encoding of ONNX files and of TensorBoard's: a message is its fields behind each other, each with a number and how it is encoded.
 * See https://protobuf.dev/programming-guides/encoding.
 */
export interface ProtobufWriter {
  /** A field with a whole number of 64 bits. */
  whole(field: number, value: number): void;
  /** A field with a number in single precision. */
  float(field: number, value: number): void;
  /** A field with a number in double precision. */
  double(field: number, value: number): void;
  /** A field with bytes or a text. */
  bytes(field: number, value: Uint8Array | string): void;
  /** A field with a message, which `write` writes. */
  message(field: number, write: () => void): void;
}

export type Bytes = Uint8Array<ArrayBuffer>;

/** How a field is encoded. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** The bytes of a message, which `write` writes. */
export function protobufBytes(write: (writer: ProtobufWriter) => void): Bytes {
  const encoder = new TextEncoder();
  let buffer: Bytes = new Uint8Array(2 ** 16);
  let length = 0;
  const reserve = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(buffer);
    buffer = larger;
  };
  /** Seven bits a byte, the lowest first; a negative number as its two's complement of 64 bits. */
  const varint = (value: number) => {
    reserve(10);
    let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : value;
    for (; rest > 127; rest = typeof rest === "bigint" ? rest >> 7n : Math.floor(rest / 128)) {
      buffer[length++] = Number(typeof rest === "bigint" ? rest & 127n : rest % 128) | 128;
    }
    buffer[length++] = Number(rest);
  };
  const raw = (content: Uint8Array) => {
    reserve(content.length);
    buffer.set(content, length);
    length += content.length;
  };
  const begin = (field: number, encoding: number) => varint((field << 3) | encoding);
  write({
    whole(field, value) {
      begin(field, VARINT);
      varint(value);
    },
    float(field, value) {
      begin(field, FIXED_32);
      raw(bytesOf(Float32Array.of(value)));
    },
    double(field, value) {
      begin(field, FIXED_64);
      raw(bytesOf(Float64Array.of(value)));
    },
    bytes(field, value) {
      const content = typeof value === "string" ? encoder.encode(value) : value;
      begin(field, LENGTH_DELIMITED);
      varint(content.length);
      raw(content);
    },
    message(field, writeMessage) {
      begin(field, LENGTH_DELIMITED);
      const start = length;
      writeMessage();
      // The length stands before what it is known after.
      const end = length;
      varint(end - start);
      const size = buffer.slice(end, length);
      buffer.copyWithin(start + size.length, start, end);
      buffer.set(size, start);
    },
  });
  return buffer.slice(0, length);
}

/** The bytes of numbers, lowest first as this machine has them. */
export function bytesOf(array: Float32Array | Float64Array | BigInt64Array): Bytes {
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}
