import { createHash } from "node:crypto";
import type { Dataset } from "./dataset.js";

/**
 * SHA-256 over what a data set holds, its held-out part included, and `facts`, how it is to be read: the same wherever it lies and
 * whatever it is called. `null` where it does not tell what it holds.
 */
export function fingerprintOf({ content, heldOut }: Dataset, facts: object): string | null {
  if (content === undefined) return null;
  const hash = createHash("sha256").update(JSON.stringify(facts));
  const contents = new Set([content, heldOut?.content]);
  for (const part of contents) if (part !== undefined) hash.update(bytesOf(part));
  return hash.digest("hex");
}

function bytesOf(content: NonNullable<Dataset["content"]>): Uint8Array | string {
  if (typeof content === "string") return content;
  return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
}
