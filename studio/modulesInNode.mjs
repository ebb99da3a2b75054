import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Loads the page's own modules in Node, as they are, by their path in the repository. `close` ends it. */
export async function openModules() {
  const server = await createServer({
    configFile: false,
    root: at(".."),
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: { "#runtime": at("../src/engine/runtime/node.ts") } },
  });
  return { load: (path) => server.ssrLoadModule(`/${path}`), close: () => server.close() };
}
