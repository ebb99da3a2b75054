import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A block of code of a Markdown file. */
export interface Block {
  /** Where it stands: "docs/guide.md:112". */
  readonly place: string;
  readonly text: string;
}

/** The blocks of one language in a file of the project, in their order. */
export function blocksIn(path: string, language: string): Block[] {
  const markdown = readFileSync(`${root}${path}`, "utf8");
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ({ index, 1: text = "" }) => ({
      place: `${path}:${markdown.slice(0, index).split("\n").length + 1}`,
      text,
    }),
  );
}
