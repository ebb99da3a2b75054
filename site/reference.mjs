// Writes the reference of the public names, a page for each topic, from their types and comments.
import { writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Comment, Converter, DeclarationReflection, ReflectionKind } from "typedoc";
import { MarkdownPageEvent } from "typedoc-plugin-markdown";
import { HOME } from "./pages.mjs";
import { slugOf } from "./slug.mjs";
import { TOPICS, topicOf } from "./topics.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Moves every name from the module of its entry point to that of its topic. */
function sortByTopic(project) {
  const pages = new Map();
  for (const topic of TOPICS) {
    const page = new DeclarationReflection(topic.page, ReflectionKind.Module, project);
    page.comment = new Comment([{ kind: "text", text: `Imported from \`${topic.entry}\`.` }]);
    project.registerReflection(page, undefined, undefined);
    pages.set(topic, page);
  }
  for (const entry of [...project.children]) {
    for (const name of [...entry.children]) {
      // A name that another entry point has as well, or that is a whole entry point.
      if (name.isReference()) continue;
      const file = relative(at("src"), name.sources[0].fullFileName).split(sep).join("/");
      const page = pages.get(topicOf(file));
      entry.removeChild(name);
      name.parent = page;
      page.addChild(name);
    }
    project.removeReflection(entry);
  }
  for (const page of pages.values()) project.addChild(page);
}

/** The page that lists all names, each with a link to its place. */
function contents(project) {
  const sections = TOPICS.map(({ entry, page, title }) => {
    const names = project.getChildByName([page])?.children ?? [];
    const links = names.map(({ name }) => `[\`${name}\`](${page}.md#${slugOf(name)})`);
    return `## [${title}](${page}.md)\n\nFrom \`${entry}\`: ${links.join(", ")}\n`;
  });
  return ["---\noutline: 2\n---\n\n# Reference\n", ...sections].join("\n");
}

/** Writes the pages to a folder. */
export async function writeReference(folder) {
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: ["index", "browser", "engine/index", "transport/index"].map((name) => at(`src/${name}.ts`)),
    tsconfig: at("tsconfig.build.json"),
    disableGit: true,
    sourceLinkTemplate: `${HOME}/blob/main/{path}#L{line}`,
    basePath: at("."),
    displayBasePath: at("."),
    readme: "none",
    outputFileStrategy: "modules",
    // The compiler checks types in `npm run check`.
    skipErrorChecking: true,
    excludeExternals: true,
    excludePrivate: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    hideGroupHeadings: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    propertyMembersFormat: "table",
    typeDeclarationFormat: "table",
    groupOrder: ["Functions", "Variables", "Classes", "Interfaces", "Type Aliases"],
    useCodeBlocks: true,
    tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true, hideSources: true },
    pageTitleTemplates: { module: ({ rawName }) => TOPICS.find(({ page }) => page === rawName)?.title ?? rawName },
    entryFileName: "index",
    logLevel: "Warn",
    validation: false,
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => sortByTopic(project));
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    // The theme draws a line above every name.
    page.contents = `---\noutline: 2\n---\n\n${page.contents.replaceAll("\n***\n", "")}`;
  });
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc found no reference to write");
  await app.outputs.writeOutput({ name: "markdown", path: folder }, project);
  await writeFile(join(folder, "index.md"), contents(project));
  if (app.logger.hasErrors()) throw new Error("TypeDoc could not write the reference");
}
