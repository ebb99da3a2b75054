import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "#runtime": at("./src/engine/runtime/node.ts"),
      "monge/engine": at("./src/engine/index.ts"),
      "monge/transport": at("./src/transport/index.ts"),
      monge: at("./src/index.ts"),
    },
  },
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a page does at once takes seconds where the cores are busy.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    coverage: { include: ["src/**"], reporter: ["text-summary", "html"] },
  },
});
