/** What a file of ten megabytes may unpack to. */
const MOST_BYTES = 2 ** 27;

/**
 * The bytes of a file, unpacked where they are compressed with gzip.
 * @throws where it cannot be read, is damaged, or unpacks to more than 128 MiB
 */
export async function unpackedBytes(file: Blob): Promise<Uint8Array> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (start[0] !== 0x1f || start[1] !== 0x8b) return new Uint8Array(await file.arrayBuffer());
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
    pieces.push(value);
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new Error("the file unpacks to more than this page reads");
    }
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
