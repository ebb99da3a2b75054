import { chmod, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itOnOtherNodes } from "./nodes.js";
import { installPacked, type Project } from "./packed.js";

let project: Project;

beforeAll(async () => {
  project = await installPacked("linked");
  const modules = join(project.folder, "node_modules");
  const manifest = JSON.parse(await readFile(join(modules, "monge", "package.json"), "utf8"));
  await mkdir(join(modules, ".bin"));
  await symlink(join("..", "monge", manifest.bin.monge), join(modules, ".bin", "monge"));
  await chmod(join(modules, "monge", manifest.bin.monge), 0o755);
});

afterAll(() => project.remove());

describe("the packed package", () => {
  it("holds the compiled library and no sources, tests or runs", async () => {
    const names = await readdir(join(project.folder, "node_modules", "monge"));
    expect(names.sort()).toEqual(["LICENSE", "README.md", "assets", "dist", "lib", "package.json"]);
  });

  it("leads from its bundled files back to the sources", async () => {
    const lib = join(project.folder, "node_modules", "monge", "lib");
    const files = await readdir(lib, { recursive: true });
    const maps = files.filter((name) => name.endsWith(".js.map"));
    expect(maps.length).toBeGreaterThan(20);
    for (const name of maps) {
      const { sources, sourcesContent } = JSON.parse(await readFile(join(lib, name), "utf8"));
      expect(sourcesContent.filter((text: string | null) => text).length, name).toBe(sources.length);
    }
    await project.write(
      "stack.js",
      `import { emd } from "monge/transport";
       try { emd([0], [NaN]); } catch ({ stack }) { console.log(stack); }`,
    );
    const stack = await project.run("node", "--enable-source-maps", "stack.js");
    const [, line] = /src\/transport\/pointSet\.ts:(\d+):/.exec(stack) ?? [];
    const source = await readFile(new URL("../../src/transport/pointSet.ts", import.meta.url), "utf8");
    expect(source.split("\n")[Number(line) - 1]).toContain("new InputError(");
  });

  it("trains as a library from another folder", async () => {
    await project.write(
      "use.js",
      `import { grid, resolveConfig, train, trainOptions } from "monge";
       const data = grid();
       const config = resolveConfig({ data: "grid", loss: "w-gp", width: 8, batch: 16, iterations: 2, evaluateEvery: 2 }, data);
       for await (const event of train(trainOptions(config, data))) if (event.type === "end") console.log(event.progress.iteration);`,
    );
    expect(await project.run("node", "use.js")).toBe("2");
  });

  it("gives the engine and transport alone, and solves in a thread", async () => {
    await project.write(
      "parts.js",
      `import { exactTransportInThread, InputError } from "monge";
       import { compile, square } from "monge/engine";
       import { emd, InputError as Same, pointSet } from "monge/transport";
       const program = await compile(({ x }) => ({ y: square(x) }), { x: { shape: [2] } });
       const { y } = await program.run({ x: { shape: [2], data: Float32Array.of(2, 3) } });
       await program.release();
       const { distance } = await exactTransportInThread({ a: pointSet([0]), b: pointSet([2]) });
       const refused = await exactTransportInThread({ a: pointSet([]), b: pointSet([2]) }).catch((error) => error);
       console.log(...y.data, emd([0], [2]), distance, refused instanceof InputError, InputError === Same);`,
    );
    expect(await project.run("node", "parts.js")).toBe("4 9 2 2 true true");
  });

  it("has the classifier of digits with it", async () => {
    await project.write(
      "classify.js",
      `import { loadMnistClassifier } from "monge";
       const classifier = await loadMnistClassifier();
       const blank = new Float32Array(2 * 28 * 28).fill(-1);
       console.log((await classifier.classify(blank, 2)).length, classifier.featureCount);
       await classifier.release();`,
    );
    expect(await project.run("node", "classify.js")).toBe("2 128");
  });

  it("runs as a command, comparisons in their threads included", async () => {
    const options = ["--losses", "bce,w-gp", "--iterations", "4", "--out", "out", "--json"];
    const printed = await project.run("npx", "--no", "monge", "compare", "--data", "ring", ...options);
    const { version, data, runs } = JSON.parse(printed);
    expect({ version, data, losses: runs.map(({ loss }: { loss: string }) => loss) }).toEqual({
      version: 2,
      data: "ring",
      losses: ["bce", "w-gp"],
    });
    expect((await readdir(join(project.folder, "out"))).sort()).toEqual([
      "pictures",
      "report.html",
      "results.json",
      "runs",
    ]);
  });

  itOnOtherNodes("runs as a command", async (node, major) => {
    expect(await project.runOn(node, "node", "--version")).toMatch(new RegExp(`^v${major}\\.`));
    const small = ["--iterations", "4", "--width", "8", "--batch", "16", "--settle", "0", "--out", `on-${major}`];
    const printed = await project.runOn(node, "npx", "--no", "monge", "train", "--data", "ring", ...small, "--json");
    expect(JSON.parse(printed).evaluation.iteration).toBe(4);
  });
});
