import type { Plugin } from "vite";

/** Leaves out the older formats of fonts that stand beside WOFF2, which every browser that the page runs in reads. */
export function woff2(): Plugin {
  return {
    name: "woff2",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".css") || !code.includes(".woff2")) return null;
      return { code: code.replace(/,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, ""), map: null };
    },
  };
}
