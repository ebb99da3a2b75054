import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

/** Installs the packed package in an empty folder, its dependencies linked from this checkout so that no registry is asked. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-package-"));
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "monge"), { recursive: true });
  const archive = join(folder, stdout.trim().split("\n").at(-1)!);
  await run("tar", ["-xzf", archive, "-C", join(modules, "monge"), "--strip-components", "1"]);
  for (const name of await readdir(join(root, "node_modules"))) {
    if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name));
  }
  const manifest = JSON.parse(await readFile(join(modules, "monge", "package.json"), "utf8"));
  await mkdir(join(modules, ".bin"));
  await symlink(join("..", "monge", manifest.bin.monge), join(modules, ".bin", "monge"));
  await chmod(join(modules, "monge", manifest.bin.monge), 0o755);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the packed package", () => {
  it("holds the compiled library and no sources, tests or runs", async () => {
    const names = await readdir(join(folder, "node_modules", "monge"));
    expect(names.sort()).toEqual(["LICENSE", "README.md", "assets", "dist", "package.json"]);
  });

  it("trains as a library from another folder", async () => {
    await writeFile(
      join(folder, "use.js"),
      `import { grid, resolveConfig, train, trainOptions } from "monge";
       const data = grid();
       const config = resolveConfig({ data: "grid", loss: "w-gp", width: 8, batch: 16, iterations: 2, evaluateEvery: 2 }, data);
       for await (const event of train(trainOptions(config, data))) if (event.type === "end") console.log(event.progress.iteration);`,
    );
    const { stdout } = await run("node", ["use.js"], { cwd: folder });
    expect(stdout.trim()).toBe("2");
  });

  it("has the classifier of digits with it", async () => {
    await writeFile(
      join(folder, "classify.js"),
      `import { loadMnistClassifier } from "monge";
       const classifier = await loadMnistClassifier();
       const blank = new Float32Array(2 * 28 * 28).fill(-1);
       console.log((await classifier.classify(blank, 2)).length, classifier.featureCount);
       await classifier.release();`,
    );
    const { stdout } = await run("node", ["classify.js"], { cwd: folder });
    expect(stdout.trim()).toBe("2 128");
  });

  it("runs as a command, comparisons in their threads included", async () => {
    const options = ["--losses", "bce,w-gp", "--iterations", "4", "--out", "out", "--json"];
    const { stdout } = await run("npx", ["--no", "monge", "compare", "--data", "ring", ...options], { cwd: folder });
    const { version, data, runs } = JSON.parse(stdout);
    expect({ version, data, losses: runs.map(({ loss }: { loss: string }) => loss) }).toEqual({
      version: 1,
      data: "ring",
      losses: ["bce", "w-gp"],
    });
    expect((await readdir(join(folder, "out"))).sort()).toEqual(["pictures", "report.html", "results.json", "runs"]);
  });
});
