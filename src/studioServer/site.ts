import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { InputError } from "../errors.js";
import { fileWithin } from "./within.js";

/** Where `npm run build` puts the page. */
const BUILT_PAGE = fileURLToPath(new URL("../../dist/studio/", import.meta.url));
const INDEX = "/index.html";

/** Answers with the file of an address, or says that there is none. */
export type Site = (request: IncomingMessage, response: ServerResponse, address: string) => Promise<boolean>;

/**
 * The files of the page; of one that is built anew meanwhile, the new ones.
 * @throws InputError where the page was not built
 */
export async function openSite(folder = BUILT_PAGE): Promise<Site> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await fileWithin(root, INDEX))) {
    throw new InputError(`the page was not built: ${join(folder, INDEX)} is missing; run npm run build first.`);
  }
  const builtAt = async () => (await stat(join(root, INDEX)).catch(() => null))?.mtimeMs;
  const listFiles = () => sirv(root, { dev: false, etag: true, extensions: [] });
  let built = await builtAt();
  let files = listFiles();
  return async (request, response, address) => {
    const path = address === "/" ? INDEX : address;
    // Nothing is decoded, so an address with a percent sign is no file's; sirv follows symbolic links, so it is asked only after this.
    if (path.includes("%") || !(await fileWithin(root, path))) return false;
    const now = await builtAt();
    // sirv remembers the lengths of files.
    if (now !== built) [built, files] = [now, listFiles()];
    request.url = path;
    // Of ranges that run backwards, file streams throw; the page asks for none.
    delete request.headers.range;
    // Names in assets/ change with their content; of any other, size and date do not tell two versions apart: packages have one date.
    response.setHeader("Cache-Control", path.startsWith("/assets/") ? "no-cache" : "no-store");
    return new Promise((resolve) => {
      response.once("close", () => resolve(true));
      files(request, response, () => resolve(false));
    });
  };
}
