import { readFile } from "node:fs/promises";
import { z } from "zod";

/** The version of this package. */
export async function packageVersion(): Promise<string> {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
