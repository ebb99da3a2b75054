// Serves the built Studio to this machine, isolated, for pictures of the documentation.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

/** Its address, and what ends it. */
export async function serveStudio() {
  const files = sirv(fileURLToPath(new URL("../dist/studio", import.meta.url)), { dev: true });
  const server = createServer((request, response) => {
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    files(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
