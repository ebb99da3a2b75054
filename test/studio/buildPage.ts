import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A page that was built into a folder of its own. */
export interface BuiltPage {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the Studio. */
export const buildStudio = (): Promise<BuiltPage> => buildFrom("../../studio", "studio");

/** Builds, as the Studio is built, the page of a folder beside this file: one that has a part of the Studio and nothing else. */
export const buildPage = (name: string): Promise<BuiltPage> => buildFrom(name, name);

async function buildFrom(root: string, name: string): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), `monge-${name}-`));
  await build({
    configFile: fileURLToPath(new URL("../../studio/vite.config.ts", import.meta.url)),
    root: fileURLToPath(new URL(root, import.meta.url)),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: "warn",
  });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
