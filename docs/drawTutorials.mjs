// Draws the pictures of docs/tutorials by the code and the commands of the tutorials themselves. After npm run build, in some minutes:
// node docs/drawTutorials.mjs
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The blocks of code of a tutorial in some languages, in their order. */
const blocksOf = (tutorial, languages) =>
  [
    ...readFileSync(join(root, `docs/tutorials/${tutorial}.md`), "utf8").matchAll(
      new RegExp(`^\`\`\`(?:${languages})\n(.*?)^\`\`\``, "gms"),
    ),
  ].map(([, text]) => text);

/** Follows a tutorial in a folder of its own: its code, then those of its commands that begin so. Keeps a picture that it makes. */
function follow(tutorial, commands, picture) {
  const folder = mkdtempSync(join(tmpdir(), "monge-tutorial-"));
  const run = (...argv) => execFileSync(process.execPath, argv, { cwd: folder, stdio: "inherit" });
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/monge"));
    symlinkSync(join(root, "node_modules/sharp"), join(folder, "node_modules/sharp"));
    for (const block of blocksOf(tutorial, "ts|js")) {
      const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
      writeFileSync(join(folder, "block.mjs"), ts.transpileModule(block, { compilerOptions }).outputText);
      run("block.mjs");
    }
    const lines = blocksOf(tutorial, "sh").flatMap((block) => block.split("\n"));
    for (const line of lines.filter((line) => commands.some((command) => line.startsWith(`npx monge ${command}`)))) {
      run(join(root, "lib/cli/main.js"), ...line.split(" ").slice(2));
    }
    copyFileSync(join(folder, picture), join(root, "docs/images", picture));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

follow("check-a-distance", [], "plan.svg");
follow("own-pictures", ["train", "sample runs/shapes -n 40"], "shapes.png");
