import { createHash } from "node:crypto";
import type { Dataset } from "./dataset.js";
import { fingerprinted } from "./fingerprinted.js";

/**
 * SHA-256 over what a data set holds, its held-out part included, and how it is to be read: the same wherever it lies and whatever it is
 * called. `null` where it does not tell what it holds.
 */
export function fingerprintOf(data: Dataset): string | null {
  const parts = fingerprinted(data);
  if (!parts) return null;
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Whether `data` is what a fingerprint was made of, by this version or an earlier one: these called points in a file of rows a table. */
export function hasFingerprint(data: Dataset, fingerprint: string | null): boolean {
  if (fingerprintOf(data) === fingerprint) return true;
  return data.kind === "points" && fingerprintOf({ ...data, kind: "table" }) === fingerprint;
}
