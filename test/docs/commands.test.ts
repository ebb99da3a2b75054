import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { main as customers } from "../../examples/customers.mjs";
import { mongeProgram } from "../../src/cli/program.js";
import { createRng } from "../../src/random.js";
import { importModules } from "../../src/runs/ownModules.js";
import { runProcess } from "../e2e/process.js";
import { blocksIn } from "./blocks.js";

const PAGES = [
  "README.md",
  ...[
    "guide",
    "studio",
    "distance",
    "image-metrics",
    "images",
    "benchmarks",
    "verify",
    "tables",
    "judge",
    "customers",
    "scaling",
    "tutorials/own-pictures",
    "tutorials/w-loss",
    "tutorials/check-a-distance",
  ].map((page) => `docs/${page}.md`),
];

/** The arguments of each `npx monge` of a page, in their order. */
function commandsIn(page: string): string[][] {
  return blocksIn(page, "sh")
    .flatMap(({ text }) => text.split("\n"))
    .filter((line) => line.startsWith("npx monge "))
    .map((line) =>
      line
        .replace("npx monge ", "")
        .replace(/\s+#.*/, "")
        .match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)
        ?.map((word) => word.replace(/["'](.*)["']/, "$1")),
    )
    .filter((words) => words !== undefined);
}

/** Writes the modules that pages show, each beginning with a line such as `// mine.js`; their paths. */
async function writeModules(folder: string): Promise<string[]> {
  const modules = PAGES.flatMap((page) => blocksIn(page, "js")).flatMap(({ text }) => {
    const name = /^\/\/ (\S+\.js)$/m.exec(text)?.[1];
    return name === undefined ? [] : [{ path: join(folder, name), text }];
  });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const { path, text } of modules) await writeFile(path, text);
  return modules.map(({ path }) => path);
}

describe("a command line in README and docs", () => {
  const all = PAGES.flatMap((page) => commandsIn(page).map((argv) => [page, argv.join(" "), argv] as const));

  it("names commands and options that there are", async () => {
    const folder = await mkdtemp(join(tmpdir(), "monge-modules-"));
    await importModules(await writeModules(folder));
    await rm(folder, { recursive: true });
    const program = await mongeProgram(() => {});
    const unknown = all.flatMap(([page, line, argv]) => {
      let command: Command = program;
      for (const name of argv) command = command.commands.find((one) => one.name() === name) ?? command;
      const known = command.options.flatMap(({ long, short }) => [long, short]);
      const bad = argv.filter((word) => word.startsWith("-") && !known.includes(word));
      return command === program || bad.length > 0 ? [`${page}: ${line}`] : [];
    });
    expect(all.length).toBeGreaterThan(30);
    expect(unknown).toEqual([]);
  });
});

/** What is added to a command so that it ends soon; a command that is not here takes minutes, or never ends by itself. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  train: ["--iterations", "4", "--width", "8", "--batch", "16", "--settle", "0", "--quiet"],
  compare: ["--iterations", "2", "--width", "8", "--batch", "16", "--settle", "0", "--quiet"],
  describe: [],
  info: [],
  sample: [],
  interpolate: [],
  project: ["--steps", "4"],
  export: [],
  distance: [],
  judge: ["--rows", "100", "--bootstrap", "2", "--quiet"],
};

/** The command with tiny settings, or `undefined` where it is not to be run. A run that goes on keeps its settings, but for its length. */
function shortened([name = "", ...argv]: readonly string[]): string[] | undefined {
  const short = SHORT[name];
  if (!short) return undefined;
  const least: Readonly<Record<string, string>> = { "--iterations": "6", "--checkpoint": "4", "--seeds": "0" };
  const fewer = argv.map((word, i) => least[argv[i - 1] ?? ""] ?? word);
  const resumed = argv.includes("--resume");
  return [
    name,
    ...(resumed ? fewer : argv.includes("--init") ? [...fewer, "--iterations", "2"] : [...fewer, ...short]),
  ];
}

describe("the commands of a page run one after the other", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-commands-"));
    await writeModules(folder);
    const rng = createRng(1);
    for (const name of ["points.csv", "real.csv", "again.csv", "generated.csv", "synthetic.csv"]) {
      const rows = Array.from({ length: 60 }, () => rng.normals(2).join());
      await writeFile(join(folder, name), ["x,y", ...rows].join("\n"));
    }
    await customers(60, join(folder, "customers.csv"));
    for (const kind of ["cats", "dogs"]) {
      await mkdir(join(folder, "animals", kind), { recursive: true });
      for (let i = 0; i < 10; i++) {
        const raw = { width: 28, height: 28, channels: 1 } as const;
        await sharp(new Uint8Array(28 * 28).fill(20 * i), { raw })
          .toColourspace("b-w")
          .toFile(join(folder, "animals", kind, `${i}.png`));
      }
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each(["README.md", "docs/guide.md", "docs/tables.md", "docs/customers.md", "docs/tutorials/check-a-distance.md"])(
    "%s",
    { timeout: 600_000 },
    async (page) => {
      const failures: string[] = [];
      let count = 0;
      for (const command of commandsIn(page)) {
        const argv = shortened(command);
        // Digits need minutes.
        if (!argv || argv.some((word) => word.startsWith("mnist"))) continue;
        const { code, err } = await runProcess(folder, argv);
        if (code !== 0) failures.push(`${command.join(" ")}: ${code} ${err}`);
        count++;
      }
      expect(failures).toEqual([]);
      expect(count).toBeGreaterThan(3);
    },
  );
});
