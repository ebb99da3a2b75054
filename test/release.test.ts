import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const { version } = JSON.parse(textOf("package.json"));

it("CITATION.cff and the newest release of the changelog have the version of package.json", () => {
  expect(/^version: (\S+)$/m.exec(textOf("CITATION.cff"))?.[1]).toBe(version);
  const [newest = version] = [...textOf("CHANGELOG.md").matchAll(/^## (\d\S*) /gm)].map(([, release]) => release);
  expect(newest).toBe(version);
});
