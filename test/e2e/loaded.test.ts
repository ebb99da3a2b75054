import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const lib = (path: string) => fileURLToPath(new URL(`../../lib/${path}`, import.meta.url));
const script = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
/** Hooks of Node's that tell on standard error of each file that is loaded. */
const hooks = script(`
  import { writeSync } from "node:fs";
  export const load = (url, context, next) => {
    writeSync(2, url + "\\n");
    return next(url, context);
  };
`);
const telling = script(`import { register } from "node:module"; register(${JSON.stringify(hooks)});`);

/** What Node loads: the files of this package, and the names of others. */
async function loadedBy(...argv: string[]) {
  const { stderr } = await promisify(execFile)(process.execPath, ["--import", telling, ...argv]);
  const files = stderr.split("\n").filter((url) => url.startsWith("file:"));
  const packages = files.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return { own: files.filter((url) => url.includes("/lib/")), packages: [...new Set(packages)].sort() };
}

// Each file costs half a millisecond, and ONNX Runtime, sharp and what draws pictures a tenth of a second together.
it("an import of monge loads a few files and no heavy package", async () => {
  const { own, packages } = await loadedBy("-e", `import(${JSON.stringify(lib("index.js"))})`);
  expect(packages).toEqual(["fastest-levenshtein", "fflate"]);
  expect(own.length).toBeGreaterThan(1);
  expect(own.length).toBeLessThan(20);
});

it.each([
  ["monge --help", ["--help"], ["commander"]],
  ["monge train --help", ["train", "--help"], ["cli-progress", "commander", "fastest-levenshtein", "fflate"]],
])("%s loads what it shows", async (_, argv, expected) => {
  const { own, packages } = await loadedBy(lib("cli/main.js"), ...argv);
  expect(packages).toEqual(expected);
  expect(own.length).toBeLessThan(40);
});

it("a first session loads ONNX Runtime and nothing that draws", async () => {
  const program = `
    import { grid, resolveConfig, createTrainer, trainOptions } from ${JSON.stringify(lib("index.js"))};
    const data = grid();
    const trainer = await createTrainer(trainOptions(resolveConfig({ data: "grid", loss: "w-gp", width: 4, batch: 8 }, data), data));
    await trainer.iterate();
    await trainer.release();
  `;
  const { packages } = await loadedBy("--input-type=module", "-e", program);
  expect(packages.filter((name) => !name.startsWith("onnxruntime"))).toEqual(["fastest-levenshtein", "fflate"]);
  expect(packages).toContain("onnxruntime-node");
});
