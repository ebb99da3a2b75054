import katexModule from "@vscode/markdown-it-katex";
import { defineConfig } from "vitepress";
import { indentedCode, projectLinks } from "../markdown.mjs";
import { HOME } from "../pages.mjs";
import { slugOf } from "../slug.mjs";
import { TOPICS } from "../topics.mjs";

const katex = katexModule.default;

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke-width='2.5'%3E%3Cpath stroke='%23946200' d='M1 18C5 18 5.5 6 8 6s3 12 7 12'/%3E%3Cpath stroke='%234a78b0' d='M9 6.500C12 6.5 13.5 18 16 18s4-11.500 7-11.500'/%3E%3C/svg%3E";

const page = (text, link) => ({ text, link });
const section = (text, items) => ({ text, items });

const handbook = [
  section("Tutorials", [
    page("Your own table", "/customers"),
    page("Your own pictures", "/tutorials/own-pictures"),
    page("Learn the W-loss", "/tutorials/w-loss"),
    page("Check a distance", "/tutorials/check-a-distance"),
  ]),
  section("How to", [
    page("Install", "/installation"),
    page("The guide", "/guide"),
    page("The Studio", "/studio"),
    page("Tables", "/tables"),
    page("Judge synthetic tables", "/judge"),
    page("Images", "/images"),
    page("Judge images", "/image-metrics"),
    page("Measure a distance", "/distance"),
    page("Many machines, many runs", "/scaling"),
  ]),
  section("Understand", [
    page("What works where", "/features"),
    page("Method", "/method"),
    page("Is the number the distance?", "/verify"),
    page("Architecture", "/architecture"),
    page("Decisions", "/decisions/"),
  ]),
  section("Benchmarks", [
    page("Modes and exact transport", "/benchmarks"),
    page("Synthetic tables", "/benchmarks-tables"),
    page("Speed and memory", "/bench/"),
    page("How the tables are measured", "/bench/tables"),
  ]),
];

const pagesOf = (entry) =>
  TOPICS.filter((topic) => topic.entry === entry).map((topic) => page(topic.title, `/reference/${topic.page}`));

const reference = [
  section("What can be chosen by name", [
    page("Losses", "/catalogue/losses"),
    page("Lipschitz constraints", "/catalogue/constraints"),
    page("Networks", "/catalogue/networks"),
    page("Optimizers and schedules", "/catalogue/optimizers"),
    page("Metrics", "/catalogue/metrics"),
    page("Data sets", "/catalogue/data"),
    page("All choices and settings", "/choices"),
    page("results.json", "/results-format"),
  ]),
  section("All public names", [page("Contents", "/reference/")]),
  ...["monge", "monge/engine", "monge/transport"].map((entry) => section(entry, pagesOf(entry))),
];

export default defineConfig({
  title: "Monge",
  description: "Generative adversarial networks with the Wasserstein loss, and exact optimal transport, in TypeScript",
  head: [["link", { rel: "icon", href: icon }]],
  srcDir: "../docs",
  outDir: "dist",
  cacheDir: ".vitepress/cache",
  rewrites: { "decisions/README.md": "decisions/index.md" },
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    anchor: { slugify: slugOf },
    config: (md) => {
      md.use(katex, { enableFencedBlocks: true });
      md.use(projectLinks);
      md.use(indentedCode);
    },
  },
  themeConfig: {
    logo: icon,
    nav: [
      page("Tutorials", "/customers"),
      page("Guide", "/guide"),
      page("Method", "/method"),
      page("Reference", "/reference/"),
      page("Benchmarks", "/benchmarks"),
      // Not a page of VitePress: the browser loads it.
      { ...page("Studio", "/live/"), target: "_self" },
    ],
    sidebar: {
      "/reference/": reference,
      "/catalogue/": reference,
      "/choices": reference,
      "/results-format": reference,
      "/": handbook,
    },
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: HOME, ariaLabel: "The project on GitHub" }],
    docFooter: { prev: false, next: false },
  },
});
