import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The files below a folder, translations aside, in which a word stands. */
function filesWith(word: RegExp, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("language"))
    .filter((path) => word.test(readFileSync(join(root, path), "utf8")))
    .sort();
}

it("a loss stands in its own file and in the catalogue, and nowhere else", () => {
  expect(filesWith(/\bhinge\b/i, "src")).toEqual(["src/losses/catalogue.ts", "src/losses/hinge.ts"]);
  expect(filesWith(/\bhinge\b/i, "studio/src")).toEqual([]);
});
