import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The runtime that a browser's build takes. */
const RUNTIME = new URL("../src/engine/runtime/browser.ts", import.meta.url);

/** The packages that a module and all that it imports name, types aside. */
function packagesOf(module: URL, seen = new Set<string>()): string[] {
  if (seen.has(module.href)) return [];
  seen.add(module.href);
  const source = readFileSync(module, "utf8");
  const imports = [...source.matchAll(/^(?:import|export)(?! type)[^;]*? from "([^"]+)"/gm)].map((match) => match[1]!);
  return imports.flatMap((name) => {
    if (name === "#runtime") return packagesOf(RUNTIME, seen);
    return name.startsWith(".") ? packagesOf(new URL(name.replace(/\.js$/, ".ts"), module), seen) : [name];
  });
}

const named = (path: string) => packagesOf(new URL(`../${path}`, import.meta.url));
const ofNode = (packages: readonly string[]) => packages.filter((name) => /^node:|^onnxruntime-node/.test(name));

describe("what a module names", () => {
  it("is no package in monge/transport, and nothing of Node in what data in memory is made with", () => {
    expect(named("src/transport/index.ts")).toEqual([]);
    for (const name of ["points", "memory", "sources/cellText", "sources/cellRecords"]) {
      const packages = named(`src/data/${name}.ts`);
      expect(packages.filter((found) => found !== "zod" && found !== "fastest-levenshtein")).toEqual([]);
    }
    expect(named("src/data/open.ts")).toContain("node:fs/promises");
  });

  it.each(["src/browser.ts", "src/engine/index.ts", "studio/src/session/sideWorker.ts"])(
    "is nothing of Node in %s",
    (path) => {
      expect(named(path)).toContain("onnxruntime-web/wasm");
      expect(ofNode(named(path))).toEqual([]);
    },
  );
});
