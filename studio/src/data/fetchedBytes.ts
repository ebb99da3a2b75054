import { unpackedBytes } from "./unpackedBytes.js";

/**
 * The bytes of a file of this page, unpacked.
 * @param address as an import with `?packed` gives it
 * @throws where it cannot be fetched
 */
export async function fetchedBytes(address: string): Promise<Uint8Array> {
  const response = await fetch(new URL(address, self.location.href));
  if (!response.ok) throw new Error(`${response.url} is answered with ${response.status}`);
  return unpackedBytes(await response.blob());
}
