import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The files below some folders of the project that end in one of `extensions`, as paths from its root. */
function filesIn(folders: readonly string[], extensions: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => extensions.some((extension) => path.endsWith(extension)));
}

/** Which of `files` each of them imports, types included. */
function importsOf(files: readonly string[]): Map<string, string[]> {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"));
      const imported = importedFiles.flatMap(({ fileName }) => {
        if (!fileName.startsWith(".")) return [];
        const path = join(dirname(file), fileName).replace(/\.js$/, "");
        return [`${path}.ts`, `${path}.tsx`, path].find((candidate) => known.has(candidate)) ?? [];
      });
      return [file, imported];
    }),
  );
}

/** A way from a file back to itself, or `undefined` where no file leads to itself. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    way.push(file);
    for (const imported of imports.get(file) ?? []) {
      const circle = visit(imported);
      if (circle) return circle;
    }
    way.pop();
    finished.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}

describe("arrows between files go one way", () => {
  it("no file of the library or the page imports itself through others, types included", () => {
    const imports = importsOf(filesIn(["src", "studio/src"], [".ts", ".tsx"]));
    expect(imports.get("src/transport/optimalCritic.ts")).toContain("src/transport/cTransform.ts");
    expect(imports.get("studio/src/main.tsx")).toContain("studio/src/app/App.tsx");
    expect(circleIn(imports)).toBeUndefined();
  });

  it("a circle would be found", () => {
    const imports = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", []],
      ["d", ["b"]],
    ]);
    expect(circleIn(imports)).toEqual(["b", "d", "b"]);
  });
});

/** What a script imports by name from compiled files: the file and the name. */
function compiledNames(script: string): [string, string][] {
  const source = ts.createSourceFile(script, readFileSync(join(root, script), "utf8"), ts.ScriptTarget.ES2022);
  return source.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const path = ts.isStringLiteral(moduleSpecifier) ? join(dirname(script), moduleSpecifier.text) : "";
    const bindings = importClause?.namedBindings;
    if (!path.startsWith("dist/") || !bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.map(({ name, propertyName }): [string, string] => [path, (propertyName ?? name).text]);
  });
}

it("the benchmarks, which no compiler checks, import what compiled files export", async () => {
  const scripts = filesIn(["bench"], [".mjs"]).filter((path) => !path.includes(".venv"));
  const imported = scripts.flatMap(compiledNames);
  const missing: string[] = [];
  for (const [path, name] of imported) {
    const exported: object = await import(new URL(`../${path}`, import.meta.url).href).catch(() => ({}));
    if (!(name in exported)) missing.push(`${name} of ${path}`);
  }
  expect(imported.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

describe("files are called like what they export", () => {
  it("camelCase, and PascalCase where they export a component", () => {
    const folders = ["src", "studio/src", "test", "bench", "examples"];
    const names = filesIn(folders, [".ts", ".mjs", ".tsx", ".css"])
      .filter((path) => !path.includes(".venv"))
      .map((path) => [path, basename(path)] as const);
    const component = (name: string) => name.endsWith(".tsx") && !/^(main|page|.+\.test)\.tsx$/.test(name);
    const odd = names.filter(([, name]) => {
      const stem = name.replace(/(\.test)?\.\w+$/, "");
      return !(component(name) ? /^[A-Z][a-zA-Z0-9]*$/ : /^[a-z][a-zA-Z0-9]*$/).test(stem);
    });
    expect(odd.map(([path]) => path)).toEqual([]);
    expect(names.length).toBeGreaterThan(400);
  });
});
