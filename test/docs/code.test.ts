import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main as customers } from "../../examples/customers.mjs";
import { createRng } from "../../src/random.js";
import { type Block, blocksIn, root } from "./blocks.js";

const run = promisify(execFile);
const PAGES = [
  "README.md",
  ...["guide", "distance", "judge", "tutorials/check-a-distance"].map((page) => `docs/${page}.md`),
];
const blocks = PAGES.flatMap((path) => blocksIn(path, "ts"));

/** What the compiler finds wrong in the blocks, a line each. */
function problemsIn(all: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const texts = new Map(all.map(({ place, text }) => [`${root}${place}.ts`, text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  const files = [...texts.keys()];
  // A block may show a result without using it.
  const program = ts.createProgram(files, { ...options, noUnusedLocals: false }, host);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${file.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

/** The block as JavaScript, with as few iterations of as small networks as show that it runs. */
function shortened({ text }: Block): string {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const small = "width: 8, batch: 32, settle: 0, iterations: 4";
  return outputText
    .replaceAll(/iterations: \d+/g, "iterations: 4")
    .replaceAll(/seeds: \[0,[^\]]*\]/g, "seeds: [0]")
    .replaceAll("resolveConfig({", `resolveConfig({ ${small},`)
    .replaceAll("settings: {", `settings: { ${small},`);
}

describe("the blocks of TypeScript in README and docs", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-docs-"));
    await mkdir(join(folder, "node_modules"));
    await symlink(root, join(folder, "node_modules", "monge"));
    for (const [name, seed] of [
      ["points.csv", 1],
      ["new.csv", 2],
    ] as const) {
      const rng = createRng(seed);
      const rows = Array.from({ length: 60 }, () => rng.normals(2).join());
      await writeFile(join(folder, name), ["x,y", ...rows].join("\n"));
    }
    for (const name of ["customers.csv", "synthetic.csv"]) await customers(60, join(folder, name));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const runFile = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return (await run(process.execPath, [name], { cwd: folder })).stdout;
  };

  it("are well typed", () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(problemsIn(blocks)).toEqual([]);
  });

  it("a block that is not would be found", () => {
    const text = `import { emd } from "monge/transport";\nconst far: string = emd([0], [1]);\n`;
    expect(problemsIn([{ place: "README.md:1", text }])).toEqual([
      expect.stringContaining("not assignable to type 'string'"),
    ]);
  });

  it.each(blocks)("runs: $place", async (block) => {
    await runFile("block.mjs", shortened(block));
  });

  it("the parts of one's own that the guide shows train together", async () => {
    const partOf = async (name: string) => {
      const block = blocks.find(({ text }) => new RegExp(`^export (const|function) ${name}\\b`, "m").test(text));
      if (!block) throw new Error(`no block exports ${name}`);
      await writeFile(join(folder, `${name}.mjs`), shortened(block));
      return `import { ${name} } from "./${name}.mjs";`;
    };
    const parts = ["shortcut", "wassersteinWithDrift", "steepestPenalty", "data"];
    const imports = await Promise.all(parts.map(partOf));
    const printed = await runFile(
      "together.mjs",
      `${imports.join("\n")}
       import { adam, dense, mlp, sequential, train } from "monge";
       import { relu } from "monge/engine";
       const optimizer = adam({ learningRate: 1e-3 });
       const critic = sequential(["first", dense(2, 8)], relu, ["hidden", shortcut(8)], ["score", dense(8, 1)]);
       const run = train({
         data,
         loss: wassersteinWithDrift,
         generator: { network: mlp({ input: 2, output: [2], hidden: [8] }), optimizer },
         critic: { network: critic, optimizer, constraint: steepestPenalty(1) },
         latent: 2, batch: 16, criticSteps: 1, iterations: 2, seed: 0, evaluateEvery: 2,
       });
       for await (const { type, iteration, evaluation } of run) {
         if (type === "step") console.log(type, iteration);
         if (type === "evaluation") console.log(type, Number.isFinite(evaluation.figures.wassersteinEstimate));
       }`,
    );
    expect(printed.trim().split("\n")).toEqual(["evaluation true", "step 1", "step 2", "evaluation true"]);
  });
});
