import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { topicOf } from "../site/topics.mjs";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const ENTRIES = ["src/index.ts", "src/browser.ts", "src/engine/index.ts", "src/transport/index.ts"];

/** A program whose compiler knows `files`; those in `texts` are not on disk. */
function programOf(files: readonly string[], texts: ReadonlyMap<string, string> = new Map()): ts.Program {
  const { config } = ts.readConfigFile(at("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, at("."));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  return ts.createProgram(files, options, host);
}

/** The names that a module exports, each with what it stands for; whole modules aside. */
function exportsOf(program: ts.Program, entry: string): { readonly name: string; readonly symbol: ts.Symbol }[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return symbol.flags & ts.SymbolFlags.ValueModule ? [] : [{ name: exported.name, symbol }];
  });
}

/** The files of `src` that a name is written in, as paths from there. */
const filesOf = ({ declarations = [] }: ts.Symbol): string[] =>
  declarations.map((declaration) => relative(at("src"), declaration.getSourceFile().fileName).split(sep).join("/"));

/** What of the names that modules export has no sentence in a comment: names, members and parameters, such as "emd.a". */
function undocumentedIn(program: ts.Program, entries: readonly string[]): string[] {
  const checker = program.getTypeChecker();
  const missing = new Set<string>();

  const check = (path: string, symbol: ts.Symbol) => {
    if (symbol.getDocumentationComment(checker).length === 0) missing.add(path);
  };

  const checkParameters = (path: string, { parameters }: ts.SignatureDeclarationBase) => {
    for (const parameter of parameters) {
      const told = ts.getJSDocParameterTags(parameter).some(({ comment }) => ts.getTextOfJSDocComment(comment));
      if (!told) missing.add(`${path}.${parameter.name.getText()}`);
    }
  };

  const checkMembers = (path: string, members: readonly (ts.TypeElement | ts.ClassElement)[]) => {
    for (const member of members) {
      const { name } = member;
      const symbol = name && !ts.isPrivateIdentifier(name) && checker.getSymbolAtLocation(name);
      if (!symbol || ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Override))
        continue;
      const type = ts.isPropertySignature(member) ? member.type : undefined;
      // What tells the members of a union from each other says it by itself.
      if (!type || !ts.isLiteralTypeNode(type)) check(`${path}.${name.getText()}`, symbol);
      if (ts.isMethodSignature(member) || ts.isMethodDeclaration(member)) {
        checkParameters(`${path}.${name.getText()}`, member);
        if (member.type) checkType(`${path}.${name.getText()}`, member.type);
      }
      if (type) checkType(`${path}.${name.getText()}`, type);
    }
  };

  /** The members that are written where the type is used. */
  const checkType = (path: string, type: ts.TypeNode): void => {
    if (ts.isTypeLiteralNode(type)) checkMembers(path, type.members);
    else if (ts.isFunctionTypeNode(type)) return;
    else if (!ts.isTypeReferenceNode(type))
      type.forEachChild((part) => void (ts.isTypeNode(part) && checkType(path, part)));
  };

  const checkDeclaration = (path: string, declaration: ts.Declaration, isOverloaded: boolean) => {
    if (declaration.getSourceFile().isDeclarationFile) return;
    if (ts.isFunctionDeclaration(declaration)) {
      if (!(declaration.body && isOverloaded)) checkParameters(path, declaration);
    } else if (ts.isVariableDeclaration(declaration)) {
      const { initializer } = declaration;
      if (initializer && ts.isArrowFunction(initializer)) checkParameters(path, initializer);
    } else if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
      checkMembers(path, declaration.members);
    } else if (ts.isTypeAliasDeclaration(declaration)) {
      checkType(path, declaration.type);
    }
  };

  for (const { name, symbol } of entries.flatMap((entry) => exportsOf(program, entry))) {
    check(name, symbol);
    const declarations = symbol.declarations ?? [];
    for (const declaration of declarations) checkDeclaration(name, declaration, declarations.length > 1);
  }
  return [...missing];
}

const entries = ENTRIES.map(at);
const program = programOf(entries);

it("every public name, member and parameter has a sentence", () => {
  expect(undocumentedIn(program, entries)).toEqual([]);
});

it("every public name has a page of the reference", () => {
  const files = entries.flatMap((entry) => exportsOf(program, entry).flatMap(({ symbol }) => filesOf(symbol)));
  expect(files.length).toBeGreaterThan(300);
  for (const file of files) expect(topicOf(file).title).toBeTruthy();
});

it("one without a sentence would be found", () => {
  const path = at("undocumented.ts");
  const text = `
    export interface Bare {
      readonly left: number;
      /** Said. */
      readonly right: { readonly inner: number };
    }
    /** Said. */
    export function told(given: number, { other }: { readonly other: number }): number { return given + other; }
    /**
     * Said.
     * @param given said
     */
    export const whole = (given: number) => given;
  `;
  expect(undocumentedIn(programOf([path], new Map([[path, text]])), [path]).sort()).toEqual([
    "Bare",
    "Bare.left",
    "Bare.right.inner",
    "told.given",
    "told.{ other }",
  ]);
});
