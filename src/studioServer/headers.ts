/**
 * What the page may do: use what this server serves and nothing else. WebAssembly is compiled ('wasm-unsafe-eval'), not scripts;
 * KaTeX and charts set styles of elements; pictures that the page makes are data: or blob: addresses.
 */
const POLICY = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
} as const;

/**
 * Of every answer. The first two isolate the page, without which browsers give WebAssembly no threads.
 * @param embedIn origins whose pages may frame the page; none where it is empty
 */
export function headersFor(embedIn: readonly string[]): Readonly<Record<string, string>> {
  const policy = { ...POLICY, "frame-ancestors": embedIn.length > 0 ? embedIn.join(" ") : "'none'" };
  return {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources}`)
      .join("; "),
    "X-Content-Type-Options": "nosniff",
    // It knows no list of origins; where there is one, the policy alone decides.
    ...(embedIn.length === 0 && { "X-Frame-Options": "DENY" }),
    "Referrer-Policy": "no-referrer",
  };
}
