import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** How long a browser may use an answer without asking again. */
export type Caching = "no-store" | "no-cache" | "private, max-age=31536000, immutable";

/** What an address answers with. */
export interface Answer {
  readonly type: string;
  readonly body: Uint8Array | string;
  readonly caching: Caching;
}

/** How a body is sent: compressed or as it is. */
export interface Sent {
  readonly body: Uint8Array;
  readonly encoding: "br" | "gzip" | null;
}

/** Smaller bodies fit into a packet as they are. */
const SMALLEST = 1024;
/** Types whose files are compressed already. */
const COMPRESSED = /^(image\/(?!svg)|font\/woff|application\/(zip|gzip))/;
/** A few milliseconds for a script of the page, and less of it than gzip makes at any level. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } };
const GZIP = { level: 4 };

/** The tag of a body, for `ETag`: another one when the body is another, and the same however it is encoded, so it is a weak one. */
export function tagOf(body: Uint8Array | string): string {
  return `W/"${createHash("sha256").update(body).digest("base64url")}"`;
}

/**
 * Whether a browser has the body of a tag already: whether its `If-None-Match`, a list of tags or `*`, names it. Tags are compared
 * weakly (RFC 9110, 8.8.3.2 and 13.1.2).
 */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([known]) => `W/${known}` === tag);
}

/** Whether an answer is sent in another form to a browser that takes it. */
export function isCompressible({ type, body }: Answer): boolean {
  return body.length >= SMALLEST && !COMPRESSED.test(type);
}

/** The body of an answer in the best form that an `Accept-Encoding` allows. */
export async function encoded(answer: Answer, acceptEncoding: string | undefined): Promise<Sent> {
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  const encoding = isCompressible(answer) ? encodingFor(acceptEncoding) : null;
  if (encoding === "br") return { body: await promisify(brotliCompress)(body, BROTLI), encoding };
  if (encoding === "gzip") return { body: await promisify(gzip)(body, GZIP), encoding };
  return { body, encoding: null };
}

/** The better of the encodings that are accepted with a weight above zero. */
function encodingFor(acceptEncoding = ""): Sent["encoding"] {
  const weights = new Map(
    acceptEncoding.split(",").map((item) => {
      const [name = "", weight] = item.toLowerCase().split(/\s*;\s*q=/);
      return [name.trim(), weight === undefined ? 1 : Number(weight)];
    }),
  );
  const isAccepted = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  return (["br", "gzip"] as const).find(isAccepted) ?? null;
}
