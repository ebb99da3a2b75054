import { readFile, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { lookup } from "mrmime";
import { InputError } from "../errors.js";
import type { Answer } from "./answer.js";
import { fileWithin } from "./within.js";

/** Where `npm run build` puts the page. */
const BUILT_PAGE = fileURLToPath(new URL("../../dist/studio/", import.meta.url));
const INDEX = "/index.html";

/** The file of an address; `null` where there is none. */
export type Site = (address: string) => Promise<Answer | null>;

/**
 * The files of the page; of one that is built anew meanwhile, the new ones.
 * @throws InputError where the page was not built
 */
export async function openSite(folder = BUILT_PAGE): Promise<Site> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await fileWithin(root, INDEX))) {
    throw new InputError(`the page was not built: ${join(folder, INDEX)} is missing; run npm run build first.`);
  }
  return async (address) => {
    // Nothing is decoded, so an address with a percent sign is no file's; hidden files are not the page's.
    if (/%|\/\./.test(address)) return null;
    const path = await fileWithin(root, address === "/" ? INDEX : address);
    const body = path && (await readFile(path).catch(() => null));
    if (!body) return null;
    // Names in assets/ change with their content.
    const isNamedByContent = relative(root, path).startsWith(`assets${sep}`);
    const caching = isNamedByContent ? "private, max-age=31536000, immutable" : "no-cache";
    return { type: typeOf(path), body, caching };
  };
}

function typeOf(path: string): string {
  const type = lookup(path) ?? "application/octet-stream";
  return type === "text/html" ? `${type};charset=utf-8` : type;
}
