import { stat } from "node:fs/promises";
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { InputError } from "../errors.js";
import { shortened } from "../quoting.js";

/**
 * Node's hooks for what an import stands for: a user's own module gets this package from here, so that it adds to these catalogues, and
 * the package of settings' schemas too. They are text, because they run in a thread of their own that loads nothing else.
 */
const HOOKS = `
  let here;
  export const initialize = (url) => { here = url; };
  export const resolve = (specifier, context, next) =>
    next(specifier, /^(monge|zod)(\\/|$)/.test(specifier) ? { ...context, parentURL: here } : context);
`;

let isRegistered = false;

/**
 * Imports the user's own modules, ES modules that add entries to the catalogues of this package (`losses.add(...)`), each once in a thread.
 * In them "monge" is this package, wherever they lie and however it was installed.
 * @param paths from the current folder
 * @throws InputError where there is no such file, or it cannot be loaded
 */
export async function importModules(paths: readonly string[]): Promise<void> {
  if (paths.length > 0 && !isRegistered) {
    register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { data: import.meta.url });
  }
  isRegistered ||= paths.length > 0;
  for (const path of paths) {
    const file = resolve(path);
    if (!(await stat(file).catch(() => undefined))?.isFile()) {
      throw new InputError(`There is no module ${path}: --with takes the path of an ES module such as ./mine.js.`);
    }
    await import(pathToFileURL(file).href).catch((error: unknown) => {
      if (error instanceof InputError) throw error;
      const reason = shortened(error instanceof Error ? error.message : String(error));
      throw new InputError(`The module ${path} could not be loaded: ${reason}`);
    });
  }
}
