import { createHash } from "node:crypto";
import type { Dataset } from "./dataset.js";

/**
 * SHA-256 over what a data set holds, its held-out part included, and how it is to be read: the same wherever it lies and whatever it is
 * called. `null` where it does not tell what it holds.
 */
export function fingerprintOf({ kind, fields, codec, content, heldOut }: Dataset): string | null {
  if (content === undefined) return null;
  const hash = createHash("sha256").update(JSON.stringify({ kind, fields, codec }));
  for (const part of new Set([...content, ...(heldOut?.content ?? [])])) hash.update(part);
  return hash.digest("hex");
}

/** Whether `data` is what a fingerprint was made of, by this version or an earlier one: these called points in a file of rows a table. */
export function hasFingerprint(data: Dataset, fingerprint: string | null): boolean {
  if (fingerprintOf(data) === fingerprint) return true;
  return data.kind === "points" && fingerprintOf({ ...data, kind: "table" }) === fingerprint;
}
