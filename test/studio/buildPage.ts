import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** A page that was built into a folder of its own. */
export interface BuiltPage {
  readonly folder: string;
  remove(): Promise<void>;
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the Studio; `npm run build` has done so where its sources are older than what it made. */
export async function buildStudio(): Promise<BuiltPage> {
  const built = at("../../dist/studio");
  const sources = await Promise.all(["../../src", "../../studio"].map((folder) => newest(at(folder))));
  const page = await stat(join(built, "index.html")).catch(() => null);
  if (page && page.mtimeMs > Math.max(...sources)) return { folder: built, remove: async () => {} };
  return buildFrom("../../studio", "studio");
}

/** When a file or folder of a folder was last written, in milliseconds. */
async function newest(folder: string): Promise<number> {
  const paths = [".", ...(await readdir(folder, { recursive: true }))];
  return Math.max(...(await Promise.all(paths.map((path) => stat(join(folder, path))))).map(({ mtimeMs }) => mtimeMs));
}

/** Builds, as the Studio is built, the page of a folder beside this file: one that has a part of the Studio and nothing else. */
export const buildPage = (name: string): Promise<BuiltPage> => buildFrom(name, name);

async function buildFrom(root: string, name: string): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), `monge-${name}-`));
  await build({
    configFile: at("../../studio/vite.config.ts"),
    root: at(root),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: "warn",
  });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
