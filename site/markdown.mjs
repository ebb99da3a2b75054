import { posix } from "node:path";
import { fileOf, siteLink } from "./pages.mjs";

const inside = (tokens) => tokens.flatMap((token) => [token, ...inside(token.children ?? [])]);

/** A plugin of markdown-it: links and pictures of a file of the project, whichever page shows it, lead to their places on the site. */
export function projectLinks(md) {
  md.core.ruler.push("project-links", ({ tokens, env }) => {
    const file = fileOf(env);
    const away = posix.relative(posix.join("docs", posix.dirname(env.relativePath)), posix.dirname(file));
    for (const token of inside(tokens)) {
      if (token.type === "link_open") token.attrSet("href", siteLink(file, token.attrGet("href")));
      if (token.type === "image" && away) token.attrSet("src", posix.join(away, token.attrGet("src")));
    }
  });
}

/** A plugin of markdown-it: an indented block of code looks like a fenced one. */
export function indentedCode({ renderer: { rules } }) {
  rules.code_block = (tokens, index, ...rest) => {
    tokens[index].info = "text";
    return rules.fence(tokens, index, ...rest);
  };
}
