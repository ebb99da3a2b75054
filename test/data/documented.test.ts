import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { datasets } from "../../src/data/catalogue.js";

const guide = readFileSync(new URL("../../docs/guide.md", import.meta.url), "utf8");

it("the guide has every data set as the catalogue has it", () => {
  const rows = datasets.entries.map(({ name, summary, labels = "" }) => `| \`${name}\` | ${summary} | ${labels} |`);
  const table = guide.split("| Name | What it is | Labels |\n|---|---|---|\n")[1] ?? "";
  expect(table.split("\n\n")[0]!.split("\n")).toEqual(rows);
});
