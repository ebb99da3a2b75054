import type { Dataset } from "./dataset.js";

/** What the fingerprint of a data set is taken of, one part after the other; `null` where it does not tell what it holds. */
export function fingerprinted({
  kind,
  fields,
  codec,
  content,
  heldOut,
}: Dataset): readonly (string | Float32Array | Uint8Array | Uint32Array)[] | null {
  if (content === undefined) return null;
  return [JSON.stringify({ kind, fields, codec }), ...new Set([...content, ...(heldOut?.content ?? [])])];
}
