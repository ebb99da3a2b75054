import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const entries = {
  monge: "src/index.ts",
  "monge-browser": "src/browser.ts",
  engine: "src/engine/index.ts",
  transport: "src/transport/index.ts",
};

const { config } = ts.readConfigFile(at("tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, at("."));
const program = ts.createProgram(Object.values(entries).map(at), options);
const checker = program.getTypeChecker();

/** What an entry point exports, sorted, a line each. */
function namesOf(entry: string): string[] {
  const source = program.getSourceFile(at(entry));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} is no module`);
  const named = checker.getExportsOfModule(module).map((symbol) => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, isType: !(meant.flags & ts.SymbolFlags.Value) };
  });
  return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, isType }) => (isType ? `type ${name}` : name));
}

// A change of these lists is a change of the public interface: `npx vitest run test/publicNames.test.ts --update` writes them.
it.each(Object.entries(entries))("%s exports what is on its list", async (name, entry) => {
  await expect(`${namesOf(entry).join("\n")}\n`).toMatchFileSnapshot(`fixtures/publicNames/${name}.txt`);
});

it("a browser's monge is Node's, less what needs Node, and with the settings of its runtime", () => {
  const inNode = new Set(namesOf(entries.monge));
  expect(namesOf(entries["monge-browser"]).filter((name) => !inNode.has(name))).toEqual([
    "type BrowserRuntime",
    "type RuntimeFiles",
    "configureRuntime",
  ]);
});
