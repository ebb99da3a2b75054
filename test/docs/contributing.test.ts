import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "rolldown";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksIn, root } from "./blocks.js";

const run = promisify(execFile);

/** What the walk touches and needs. */
const COPIED = [...["src", "test", "docs/choices.md"], ...["package.json", "tsconfig.json", "vitest.config.ts"]];

/** Files as a block of differences, without numbers of lines, changes them. */
async function apply(folder: string, differences: string): Promise<void> {
  const [head = "", ...hunks] = differences.split(/^@@\n/m);
  const path = join(folder, /^\+\+\+ b\/(.*)$/m.exec(head)?.[1] ?? "");
  let text = await readFile(path, "utf8");
  for (const hunk of hunks) {
    const without = (sign: "+" | "-") => hunk.replace(new RegExp(`^[${sign}].*\n`, "gm"), "").replace(/^./gm, "");
    const parts = text.split(without("+"));
    expect(parts, `${path} has once:\n${without("+")}`).toHaveLength(2);
    text = parts.join(without("-"));
  }
  await writeFile(path, text);
}

/** What the compiler finds wrong in a file of the copy. */
function problemsIn(folder: string, file: string): string[] {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram([join(folder, file)], options);
  const found = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/src/losses/"));
  return found
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

/** Writes `dist/` of the copy, a file for each module as the compiler does, without asking it for types. */
async function compile(folder: string): Promise<void> {
  await build({
    cwd: folder,
    input: ["src/cli/main.ts", "src/engine/runtime/node.ts"],
    platform: "node",
    external: /^[^./]/,
    output: { dir: join(folder, "dist"), preserveModules: true, preserveModulesRoot: join(folder, "src") },
  });
}

describe("the walk of CONTRIBUTING.md in a copy of the sources", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-walk-"));
    for (const path of COPIED) await cp(join(root, path), join(folder, path), { recursive: true });
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("adds a loss that is tested, listed and trained", { timeout: 240_000 }, async () => {
    const [loss] = blocksIn("CONTRIBUTING.md", "ts");
    await writeFile(join(folder, "src/losses/pearson.ts"), loss?.text ?? "");
    for (const { text } of blocksIn("CONTRIBUTING.md", "diff")) await apply(folder, text);

    expect(problemsIn(folder, "src/losses/catalogue.ts")).toEqual([]);

    const commands = blocksIn("CONTRIBUTING.md", "sh").flatMap(({ text }) => text.trim().split("\n"));
    const argumentsOf = (start: string) =>
      commands
        .find((line) => line.startsWith(start))
        ?.split(" ")
        .slice(2) ?? [];
    await run(join(root, "node_modules/.bin/vitest"), argumentsOf("npx vitest run test/losses test"), { cwd: folder });
    expect(await readFile(join(folder, "docs/choices.md"), "utf8")).toContain(
      "\n| `pearson` | A critic that regresses",
    );

    await compile(folder);
    const argv = ["dist/cli/main.js", ...argumentsOf("npx monge compare")];
    const short = ["--iterations", "2", "--width", "8", "--batch", "16", "--settle", "0", "--workers", "0", "--json"];
    const { stdout } = await run(process.execPath, [...argv, ...short], { cwd: folder });
    expect(JSON.parse(stdout).runs.map(({ loss }: { loss: string }) => loss)).toEqual(["ls", "pearson"]);
  });
});
