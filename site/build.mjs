// Builds the site: the documents of docs/, the reference, the catalogues, the examples, the benchmarks and the Studio, as a folder for any web host.
//
//     node site/build.mjs [--base /monge/] [--out FOLDER]
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vitepress";
import { writeCatalogues } from "./catalogues.mjs";
import { examplePage } from "./pages.mjs";
import { writeReference } from "./reference.mjs";

const { values } = parseArgs({
  options: { base: { type: "string", default: "/" }, out: { type: "string", default: "site/dist" } },
});
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** An empty folder of docs/ for pages that are made, which git ignores. */
async function fresh(folder) {
  await rm(at(folder), { recursive: true, force: true });
  await mkdir(at(folder), { recursive: true });
}

async function writeExamples() {
  await fresh("docs/examples");
  for (const file of await readdir(at("examples"))) {
    const code = await readFile(at(`examples/${file}`), "utf8");
    const text = `# ${file}\n\n\`\`\`${extname(file).slice(-2)}\n${code}\`\`\`\n`;
    await writeFile(at(`docs/examples/${examplePage(file)}`), text);
  }
}

async function writeBenchmarks() {
  await fresh("docs/bench");
  for (const [file, page] of [
    ["bench/README.md", "index.md"],
    ["bench/tables/README.md", "tables.md"],
  ]) {
    await writeFile(at(`docs/bench/${page}`), `---\nshows: ${file}\n---\n\n${await readFile(at(file), "utf8")}`);
  }
}

await fresh("docs/reference");
await writeReference(at("docs/reference"));
await fresh("docs/catalogue");
await writeCatalogues(at("docs/catalogue"));
await writeExamples();
await writeBenchmarks();
const out = resolve(values.out);
await build(at("site"), { base: values.base, outDir: out });
await cp(at("dist/studio"), join(out, "live"), { recursive: true });
console.log(`${out}: the site, for ${values.base}`);
