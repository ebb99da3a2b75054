import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** The runtime that a browser's build takes. */
const RUNTIME = new URL("../../src/engine/runtime/browser.ts", import.meta.url);

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

it("keeps Node out of what a browser imports for the synthetic data sets", () => {
  expect(packagesOf(new URL("../../src/data/points.ts", import.meta.url))).toEqual([]);
  expect(packagesOf(new URL("../../src/data/open.ts", import.meta.url))).toContain("node:fs/promises");
});

it("keeps Node out of what trains in the Studio's page", () => {
  const packages = packagesOf(new URL("../../studio/src/session/worker.ts", import.meta.url));
  expect(packages).toContain("onnxruntime-web/wasm");
  expect(packages.filter((name) => /^node:|^onnxruntime-node/.test(name))).toEqual([]);
});
