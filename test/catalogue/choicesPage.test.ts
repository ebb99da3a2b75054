import { expect, it } from "vitest";
import type { Catalogue, Described } from "../../src/catalogue.js";
import { settingOption } from "../../src/cli/settingOptions.js";
import { pairingNames } from "../../src/game/pairings.js";
import { constraints } from "../../src/lipschitz/index.js";
import { askedText, loggers } from "../../src/logging/catalogue.js";
import { losses } from "../../src/losses/index.js";
import { networks } from "../../src/networks/index.js";
import { optimizers, schedules } from "../../src/optimizers/index.js";
import { settingNames } from "../../src/runs/config.js";
import type { Configurable } from "../../src/settings.js";
import { columnTypes } from "../../src/tables/types/catalogue.js";

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll("|", "\\vert ").trim()).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

const tex = (formula: string | undefined) => (formula === undefined ? "" : `$${formula.replaceAll("\n", " ")}$`);
const code = (name: string) => `\`${name}\``;

function configurables({ entries }: Catalogue<Described & Configurable>): string {
  return table(
    ["Name", "What it is", "Formula", "Settings", "Source"],
    entries.map(({ name, summary, formula, settings, source = "" }) => [
      code(name),
      summary,
      tex(formula),
      Object.keys(settings?.shape ?? {})
        .map(code)
        .join(", "),
      source,
    ]),
  );
}

/** The page that tells all choices, as the catalogues know them. */
function choicesPage(): string {
  const settings = settingNames().flatMap((name) => {
    const option = settingOption(name);
    return option ? [[code(name), code(option.flags), option.description]] : [];
  });
  return `# Choices

Everything that a run can choose by name. This page is written from the catalogues in \`src\`; a test holds it to them
(\`npx vitest run test/catalogue -u\` writes it anew). How to add your own: [guide](guide.md#parts-of-your-own).

A pairing of loss and constraint goes by a short name (${pairingNames().map(code).join(", ")}), or by \`LOSS+CONSTRAINT\` with the names below.

## Losses

${table(
  ["Name", "What it is", "Value of the game", "The generator minimises", "At the best critic", "Source"],
  losses.entries.map((loss) => [
    code(loss.name),
    loss.summary,
    tex(loss.formula),
    tex(loss.generatorFormula),
    loss.estimates.replace(/^At the best ([\w-]+ )*(critic|discriminator): /, ""),
    loss.source ?? "",
  ]),
)}

## Lipschitz constraints

${configurables(constraints)}

## Networks

${configurables(networks)}

## Optimizers

${configurables(optimizers)}

## Schedules of the learning rate

${configurables(schedules)}

## Types of columns

What a column of a table can be, in the order in which each is tried: [tables](tables.md#what-a-column-is).

${table(
  ["Type", "What it is"],
  columnTypes.entries.map(({ name, summary }) => [code(name), summary]),
)}

## Logs

Where the losses, figures and pictures of a run go besides its folder: [guide](guide.md#logs).

${table(
  [code("--log"), "What it is"],
  loggers.entries.map((entry) => [code(askedText(entry)), entry.summary]),
)}

## Settings

In configurations by the first name, on the command line by the second. Recipes decide the defaults by kind of data and by constraint
(\`src/runs/recipes.ts\`). Where they come from: [method](method.md#the-default-settings-and-where-they-come-from).

${table(["Setting", "Option", "What it is"], settings)}
`;
}

it("docs/choices.md tells what the catalogues know", async () => {
  await expect(choicesPage()).toMatchFileSnapshot("../../docs/choices.md");
});
