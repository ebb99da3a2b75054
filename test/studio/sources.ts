import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../studio/src", import.meta.url));

/** The page's components, by their paths in studio/src. */
export function components(): { readonly path: string; readonly source: string }[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".tsx"))
    .map((path) => ({ path, source: readFileSync(join(ROOT, path), "utf8") }));
}
