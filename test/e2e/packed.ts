import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A project of its own that has installed the packed package. */
export interface Project {
  readonly folder: string;
  /** Writes a file of the project. */
  write(path: string, text: string): Promise<void>;
  /** Runs a program in it and returns what it printed. */
  run(program: string, ...argv: readonly string[]): Promise<string>;
  /** The same, with the Node of a folder. */
  runOn(node: string, program: string, ...argv: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs the compiled package and installs it in an empty folder.
 * @param dependencies links those of this checkout beside it, so that no registry is asked; "none" leaves the package alone
 */
export async function installPacked(dependencies: "linked" | "none"): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "monge-package-"));
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "monge"), { recursive: true });
  const archive = join(folder, stdout.trim().split("\n").at(-1) ?? "");
  await run("tar", ["-xzf", archive, "-C", join(modules, "monge"), "--strip-components", "1"]);
  if (dependencies === "linked") {
    for (const name of await readdir(join(root, "node_modules")))
      if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name));
  }
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  await write("package.json", JSON.stringify({ type: "module" }));
  const runOn = async (node: string, program: string, ...argv: readonly string[]) => {
    const env = { ...process.env, PATH: `${node}${delimiter}${process.env.PATH}` };
    return (await run(program, [...argv], { cwd: folder, env })).stdout.trim();
  };
  return {
    folder,
    write,
    run: (program, ...argv) => runOn(dirname(process.execPath), program, ...argv),
    runOn,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
