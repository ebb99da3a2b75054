// Bundles the compiled modules of dist/ into the few files of lib/, which the package ships: Node takes more than half a millisecond for each
// module that it has to find and load.
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL(".", import.meta.url));
const compiled = join(root, "dist");

/** Of 95 small files, and needed by every import of the library. */
const BUNDLED = /^zod(\/|$)/;

/** A module of the library by its path in dist/; `null` for one of a package. */
const pathOf = (id) => (id.startsWith(compiled + sep) ? relative(compiled, id).split(sep).join("/") : null);
const idOf = (path) => join(compiled, path);

const files = readdirSync(compiled, { recursive: true, encoding: "utf8" })
  .map((name) => name.split(sep).join("/"))
  .filter((path) => !path.startsWith("studio/"));
/** Modules that know their own address, which others load or look for files from, keep it: see `addresses`. */
const addressed = files.filter(
  (path) => path.endsWith(".js") && readFileSync(idOf(path), "utf8").includes("import.meta.url"),
);
const entries = [
  ...["index.js", "browser.js", "engine/index.js", "transport/index.js", "cli/main.js", "parallel/thread.js"],
  ...["engine/runtime/node.js", "engine/runtime/browser.js"],
  ...addressed,
];

/** Compiled modules with the map that leads to their source, so that those of the bundle lead there too. */
const mapped = {
  name: "mapped",
  load: (id) =>
    pathOf(id) === null ? null : { code: readFileSync(id, "utf8"), map: readFileSync(`${id}.map`, "utf8") },
};

/** `import.meta.url` stays the address that a module has by itself, in whatever file it comes to lie. No line moves, so maps stay as they are. */
const addresses = {
  name: "addresses",
  transform(code, id) {
    const path = pathOf(id);
    if (!path || !code.includes("import.meta.url")) return null;
    return { code: code.replaceAll("import.meta.url", `__address("${path}")`), map: null };
  },
  renderChunk(code, { fileName }) {
    const addressed = code.replace(/__address\("([^"]+)"\)/g, (_, path) => {
      const way = posix.relative(posix.dirname(fileName), path);
      return `new URL("${way.startsWith(".") ? way : `./${way}`}", import.meta.url).href`;
    });
    return addressed === code ? null : { code: addressed, map: null };
  },
};

/** Files of what is loaded together: all that the module at the right imports, less what a file further up holds. */
const FILES = [
  ["errors", "outOfMemory.js"],
  ["files", "files.js", "runs/ownModules.js", "version.js"],
  ["transport/all", "transport/index.js"],
  [
    "engine/shared",
    ...["engine/lower/cpuBlocks.js", "engine/lower/portable.js", "engine/lower/webgpu.js"],
    ...["engine/runtime/oneNodeModel.js", "engine/runtime/ortSession.js", "engine/runtime/runtimeError.js"],
    "engine/runtime/session.js",
  ],
  ["engine/onnxruntime", "engine/runtime/nodeRuntime.js"],
  ["engine/all", "engine/index.js"],
  ["everywhere", "everywhere.js"],
  ["library", "index.js"],
];

/** Types are shipped as they are, a file for each module, and so is the license of what is bundled. */
const beside = {
  name: "beside",
  generateBundle() {
    const copy = (fileName, path) => this.emitFile({ type: "asset", fileName, source: readFileSync(path) });
    for (const path of files.filter((path) => path.endsWith(".d.ts"))) copy(path, idOf(path));
    copy("LICENSE-zod", join(root, "node_modules/zod/LICENSE"));
  },
};

/** The runtime of Node or of a browser, whichever package.json chooses. */
const RUNTIME = "#bundled-runtime";
const runtime = {
  name: "runtime",
  resolveId: (id) => (id === "#runtime" ? { id: RUNTIME, external: true } : null),
};

/** Files that import each other in a circle could run before what they need: the build fails. */
const oneWay = {
  name: "one-way",
  generateBundle(_, bundle) {
    const importsOf = (name) =>
      (bundle[name]?.imports ?? []).flatMap((imported) =>
        imported === RUNTIME ? ["engine/runtime/node.js", "engine/runtime/browser.js"] : [imported],
      );
    const finished = new Set();
    const visit = (name, way) => {
      if (way.includes(name)) this.error(`files import each other in a circle: ${[...way, name].join(" -> ")}`);
      if (finished.has(name)) return;
      for (const imported of importsOf(name)) visit(imported, [...way, name]);
      finished.add(name);
    };
    for (const name of Object.keys(bundle)) visit(name, []);
  },
};

const groups = FILES.map(([name, ...paths], place) => ({
  name,
  test: (id) => paths.includes(pathOf(id) ?? ""),
  priority: FILES.length - place,
}));

await build({
  input: Object.fromEntries(entries.map((path) => [path.replace(/\.js$/, ""), idOf(path)])),
  platform: "node",
  external: (id) => /^[^./#]/.test(id) && !BUNDLED.test(id),
  plugins: [mapped, addresses, runtime, oneWay, beside],
  output: {
    dir: "lib",
    sourcemap: true,
    cleanDir: true,
    chunkFileNames: "[name].js",
    comments: { legal: true, annotation: true, jsdoc: false },
    codeSplitting: { groups },
  },
});
// So that npx monge runs it in a clone.
chmodSync(join(root, "lib/cli/main.js"), 0o755);
