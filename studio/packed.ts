import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const SUFFIX = "?packed";

/**
 * `import address from "FILE?packed"`: the address of a file that the build compresses with gzip, for the page to unpack (`unpackedBytes`). It
 * is small on the disk and on the way, whatever server sends it. Where nothing is built it is the file as it is.
 */
export function packed(): Plugin {
  let isBuild = false;
  return {
    name: "packed",
    enforce: "pre",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return null;
      const found = await this.resolve(source.slice(0, -SUFFIX.length), importer, { skipSelf: true });
      return found && `${found.id}${SUFFIX}`;
    },
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const path = id.slice(0, -SUFFIX.length);
      if (!isBuild) return `export { default } from ${JSON.stringify(`${path}?url`)};`;
      const source = gzipSync(await readFile(path), { level: 9 });
      const file = this.emitFile({ type: "asset", name: `${basename(path)}.gz`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
