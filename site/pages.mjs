import { readFileSync } from "node:fs";
import { basename, posix } from "node:path";

const { repository } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Where the project is kept: "https://github.com/OWNER/NAME". */
export const HOME = repository.url.replace(/^git\+|\.git$/g, "");

/** The files outside of docs/ that are pages of the site as well, and where. */
const BESIDE = {
  "README.md": "/",
  "bench/README.md": "/bench/",
  "bench/tables/README.md": "/bench/tables",
  "docs/decisions/README.md": "/decisions/",
};

/** The page of an example. */
export const examplePage = (file) => `${basename(file, posix.extname(file))}.md`;

/** The file of the project that a page shows. */
export const fileOf = ({ relativePath, frontmatter }) => frontmatter?.shows ?? `docs/${relativePath}`;

/**
 * A link of a file of the project as a link of the site. Links to other hosts, to a place in the same page and within docs/ are left as they are.
 */
export function siteLink(file, link) {
  if (/^(\w+:|#|\/)/.test(link)) return link;
  const [path, anchor] = link.split("#");
  const target = posix.join(posix.dirname(file), path);
  const page =
    BESIDE[target] ??
    (target.startsWith("examples/") ? `/examples/${examplePage(target)}` : undefined) ??
    (target.startsWith("docs/") ? target.slice("docs".length) : undefined);
  if (page === undefined) throw new Error(`${file} links to ${target}, which is no page of the site`);
  return anchor === undefined ? page : `${page}#${anchor}`;
}
