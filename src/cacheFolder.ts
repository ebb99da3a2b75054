import { homedir } from "node:os";
import { join } from "node:path";

/** The variable of the environment that names another folder, or turns keeping off. */
const CACHE = "MONGE_CACHE";

/**
 * Where work is kept that a later command would else do again: `MONGE_CACHE`, by default `monge` in the user's folder for such files.
 * `undefined` where `MONGE_CACHE` is "off".
 */
export function cacheFolder(): string | undefined {
  const given = process.env[CACHE];
  if (given === "off") return undefined;
  return given || join(userCaches(), "monge");
}

function userCaches(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches");
    case "win32":
      return LOCALAPPDATA || join(homedir(), "AppData", "Local");
    default:
      return XDG_CACHE_HOME || join(homedir(), ".cache");
  }
}
