// Writes a page for each catalogue: all that is known of what can be chosen by name. Reads what `npm run build` compiled.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settingOption } from "../dist/cli/settingOptions.js";
import { datasets, metrics, optimizers, schedules } from "../dist/index.js";
import { constraints } from "../dist/lipschitz/index.js";
import { losses } from "../dist/losses/index.js";
import { networks } from "../dist/networks/index.js";

const math = (formula) => `\`\`\`math\n${formula.replaceAll("\n", " ")}\n\`\`\``;
const capital = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;
const sentence = (text) => `${capital(text)}${text.endsWith(".") ? "" : "."}`;
const told = (label, text) => (text ? `**${label}:** ${text}` : undefined);

/** The settings of an entry, with ranges and defaults as the command line has them. */
function settingsOf({ settings }) {
  const rows = Object.keys(settings?.shape ?? {}).flatMap((name) => {
    const option = settingOption(name);
    return option ? [`| \`${name}\` | \`${option.flags.replaceAll("|", "\\|")}\` | ${option.description} |`] : [];
  });
  return rows.length === 0 ? undefined : ["| Setting | Option | What it is |", "|---|---|---|", ...rows].join("\n");
}

const formulaOf = ({ formula }) => [formula && math(formula)];

/** An entry as a part of a page, with what its kind has beside or instead of a formula. */
function entryText(entry, body = formulaOf) {
  const { name, title, summary, source } = entry;
  const parts = [
    `## ${capital(title)} {#${name.toLowerCase()}}`,
    `\`${name}\`. ${sentence(summary)}`,
    ...body(entry),
    settingsOf(entry),
    told("Source", source),
  ];
  return parts.filter(Boolean).join("\n\n");
}

const losing = ({ formula, generatorFormula, estimates, referenceValue }) => [
  "The value of the game:",
  math(formula),
  "The generator minimises:",
  math(generatorFormula),
  sentence(estimates),
  told("To compare a run with", sentence(referenceValue)),
];

const BETTER = { higher: "higher is better", lower: "lower is better", none: "it depends" };

const measuring = ({ formula, unit, better }) => [
  formula && math(formula),
  told("Unit", unit),
  told("Direction", typeof better === "string" ? BETTER[better] : `nearest to ${better.near} is best`),
];

const labelled = ({ labels }) => [told("Labels", labels)];

/** The pages: their files, titles, introductions and entries. */
export const CATALOGUES = [
  {
    page: "losses",
    title: "Losses",
    intro:
      "What the two players minimise: x is a real sample, z a latent, G the generator, d a discriminator and c a critic. `--loss LOSS+CONSTRAINT` pairs one with a [Lipschitz constraint](constraints.md); [short names](../choices.md) stand for the usual pairs. A loss of your own: [guide](../guide.md#a-loss).",
    entries: () => losses.entries.map((entry) => entryText(entry, losing)),
  },
  {
    page: "constraints",
    title: "Lipschitz constraints",
    intro:
      "What holds the critic 1-Lipschitz, so that the W-loss's value is a distance. [Method](../method.md#the-1-lipschitz-condition) compares them. One of your own: [guide](../guide.md#a-constraint).",
    entries: () => constraints.entries.map((entry) => entryText(entry)),
  },
  {
    page: "networks",
    title: "Networks",
    intro: "One network for each player, chosen by `--network`. One of your own: [guide](../guide.md#a-network).",
    entries: () => networks.entries.map((entry) => entryText(entry)),
  },
  {
    page: "optimizers",
    title: "Optimizers and schedules",
    intro:
      "How gradients become updates (`--optimizer`), and how the learning rate falls over a run (`--schedule`). In the formulas p are the parameters, g is the gradient, a the learning rate, t the update and T the number of updates.",
    entries: () => [...optimizers.entries, ...schedules.entries].map((entry) => entryText(entry)),
  },
  {
    page: "metrics",
    title: "Metrics",
    intro:
      "What is measured at each evaluation, and what sums up a run. The names are those of `results.json` and of `Evaluation.figures`. [Method](../method.md#what-each-figure-means) says what each is worth. One of your own: [guide](../guide.md#a-metric).",
    entries: () => metrics.entries.map((entry) => entryText(entry, measuring)),
  },
  {
    page: "data",
    title: "Data sets",
    intro:
      "Data that goes by a name: `--data NAME`, and the same in the Studio. Your own files are told in the [guide](../guide.md#data).",
    entries: () => datasets.entries.map((entry) => entryText(entry, labelled)),
  },
];

/** Writes the pages to a folder. */
export async function writeCatalogues(folder) {
  for (const { page, title, intro, entries } of CATALOGUES) {
    const text = ["---\noutline: 2\n---", `# ${title}`, intro, ...entries()].join("\n\n");
    await writeFile(join(folder, `${page}.md`), `${text}\n`);
  }
}
