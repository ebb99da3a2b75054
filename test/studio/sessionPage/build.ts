import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds, as the Studio is built, a page that has nothing but the way to the worker that trains. */
export async function buildSessionPage(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "monge-session-"));
  await build({
    configFile: at("../../../studio/vite.config.ts"),
    root: at("."),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: "warn",
  });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
