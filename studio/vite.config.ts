import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { packed } from "./packed.js";
import { woff2 } from "./woff2.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("."),
  // Addresses are relative, so that the folder works wherever it is served from.
  base: "./",
  resolve: {
    // Without this condition the two-threaded WebAssembly of onnxruntime-web hangs in a production build.
    conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"],
    alias: { "#runtime": at("../src/engine/runtime/browser.ts") },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  plugins: [packed(), woff2()],
  worker: { format: "es", plugins: () => [packed()] },
  build: { outDir: at("../dist/studio"), emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 2000 },
  server: { headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" } },
});
