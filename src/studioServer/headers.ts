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
  "frame-ancestors": "'none'",
} as const;

/** Of every answer. The first two isolate the page, without which browsers give WebAssembly no threads. */
export const HEADERS: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": Object.entries(POLICY)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; "),
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
};
