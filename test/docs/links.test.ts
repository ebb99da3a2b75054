import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { HOME, siteLink } from "../../site/pages.mjs";
import { slugOf } from "../../site/slug.mjs";
import { root } from "./blocks.js";

/** The Markdown files that are written by hand, as paths from the root of the project. */
const FILES = [".", "docs", "docs/tutorials", "docs/decisions", "bench", "bench/tables"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

/** A file without its blocks of code. */
const textOf = (file: string) => readFileSync(join(root, file), "utf8").replace(/^```.*?^```/gms, "");

/** The anchors of a file: those of its headings, numbered where they are the same. */
function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of textOf(file).matchAll(/^#+ (.*)$/gm)) {
    const slug = slugOf(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The links and pictures of a file. */
const linksOf = (file: string) =>
  [...textOf(file).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"|^\[[^\]]+\]: (\S+)$/gm)].map(
    ([, inline, html, reference]) => inline ?? html ?? reference ?? "",
  );

const isAbsolute = (link: string) => /^\w+:/.test(link);

const files = [`${HOME}/blob/main/`, `${HOME}/tree/main/`, `${HOME.replace("github", "raw.githubusercontent")}/main/`];

/** What is wrong with a link of a file; `undefined` where nothing is, or where it leads out of the project. */
function problemOf(file: string, link: string): string | undefined {
  const folder = files.find((start) => link.startsWith(start));
  if (folder === undefined && isAbsolute(link)) return undefined;
  const [path = "", anchor] = link.slice(folder?.length ?? 0).split("#");
  const target = path === "" ? file : folder === undefined ? join(dirname(file), path) : path;
  if (!existsSync(join(root, target))) return `${file}: ${link} is no file`;
  if (anchor !== undefined && !anchorsOf(target).has(anchor)) return `${file}: ${link} is no heading`;
  return undefined;
}

it("the links of Markdown files lead to files and headings that there are", () => {
  const links = FILES.flatMap((file) => linksOf(file).map((link) => [file, link] as const));
  expect(links.length).toBeGreaterThan(200);
  expect(links.flatMap(([file, link]) => problemOf(file, link) ?? [])).toEqual([]);
});

it("a link that leads nowhere would be found", () => {
  expect(problemOf("docs/guide.md", "tables.md#what-a-column-is")).toBeUndefined();
  expect(problemOf("docs/guide.md", "../docs/tables.md#what-a-row-is")).toContain("no heading");
  expect(problemOf("docs/guide.md", "missing.md")).toContain("no file");
  expect(problemOf("docs/guide.md", `${HOME}/blob/main/README.md#read-on`)).toBeUndefined();
  expect(problemOf("docs/guide.md", `${HOME}/blob/main/missing.md`)).toContain("no file");
});

it("the README's links are absolute, so that they work on a registry's page", () => {
  expect(linksOf("README.md").filter((link) => !isAbsolute(link))).toEqual([]);
  expect(linksOf("README.md").filter((link) => link.startsWith(`${HOME}/blob/main/`)).length).toBeGreaterThan(10);
});

it("a link to the repository names the one of package.json", () => {
  const hosted = /https:\/\/(?:raw\.githubusercontent|github)\.com\/[\w-]+\/monge\b/g;
  const named = [...FILES, "CITATION.cff", ".github/ISSUE_TEMPLATE/config.yml"].flatMap(
    (file) => readFileSync(join(root, file), "utf8").match(hosted) ?? [],
  );
  expect(new Set(named.map((link) => link.replace("raw.githubusercontent", "github")))).toEqual(new Set([HOME]));
});

it.each([
  ["docs/guide.md", "tables.md#rules", "/tables.md#rules"],
  ["docs/guide.md", "../examples/gaussians.ts", "/examples/gaussians.md"],
  ["docs/decisions/README.md", "0001-one-onnx-graph-per-step.md", "/decisions/0001-one-onnx-graph-per-step.md"],
  ["bench/tables/README.md", "../../docs/benchmarks-tables.md", "/benchmarks-tables.md"],
  ["docs/method.md", "#sources", "#sources"],
  ["docs/method.md", "https://arxiv.org/abs/1701.07875", "https://arxiv.org/abs/1701.07875"],
])("of %s, the link %s is %s on the site", (file, link, expected) => {
  expect(siteLink(file, link)).toBe(expected);
});

it("the site refuses a link to a file that it does not show", () => {
  expect(() => siteLink("docs/guide.md", "../package.json")).toThrow("package.json");
});
