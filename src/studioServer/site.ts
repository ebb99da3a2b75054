import { realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { InputError } from "../errors.js";
import { fileWithin } from "./within.js";

/** Where `npm run build` puts the page. */
export const BUILT_PAGE = fileURLToPath(new URL("../../dist/studio/", import.meta.url));

/** Answers with the file of an address, or says that there is none. */
export type Site = (request: IncomingMessage, response: ServerResponse, address: string) => Promise<boolean>;

/**
 * The files of the page, as they are now: what is built later takes a new start.
 * @throws InputError where the page was not built
 */
export async function openSite(folder = BUILT_PAGE): Promise<Site> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await fileWithin(root, "index.html"))) {
    throw new InputError(`the page was not built: ${join(folder, "index.html")} is missing; run npm run build first.`);
  }
  const files = sirv(root, { dev: false, etag: true, extensions: [] });
  return async (request, response, address) => {
    const path = address === "/" ? "/index.html" : address;
    // Nothing is decoded, so an address with a percent sign is no file's; sirv follows symbolic links, so it is asked only after this.
    if (path.includes("%") || !(await fileWithin(root, path))) return false;
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
