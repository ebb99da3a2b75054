export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Bytes decoded at a time: no string holds a large file whole. */
const PIECE = 2 ** 22;

/**
 * How a text is encoded: UTF-16 where it starts with that byte order mark, UTF-8 where it is valid UTF-8, and Windows-1252 otherwise, of
 * which Latin-1 is a part.
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    for (const _ of decoded(bytes, "utf-8"));
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** The text, piece by piece and without a byte order mark. Throws a `TypeError` where it is not valid UTF-8 and should be. */
export function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  for (let start = 0; start < bytes.length; start += PIECE) {
    yield decoder.decode(bytes.subarray(start, start + PIECE), { stream: true });
  }
  yield decoder.decode();
}

/** Gives the pieces of a text in UTF-16 as UTF-8, one after the other; of any other text, whose ASCII is itself, the pieces as they are. */
export function utf8Recoder(encoding: Encoding): (bytes: Uint8Array) => Uint8Array {
  if (encoding === "utf-8" || encoding === "windows-1252") return (bytes) => bytes;
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return (bytes) => encoder.encode(decoder.decode(bytes, { stream: true }));
}

/** The text in UTF-8; bytes that are UTF-8 are not copied. */
export function utf8Of(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return bytes;
  const encoder = new TextEncoder();
  const pieces = Array.from(decoded(bytes, encoding), (piece) => encoder.encode(piece));
  const text = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    text.set(piece, at);
    at += piece.length;
  }
  return text;
}
