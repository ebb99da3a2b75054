import { join } from "node:path";
import { Command } from "commander";
import { writeFileAtomically } from "../../files.js";
import { uncapitalised } from "../../quoting.js";
import { longerCommand } from "../../report/sweep/longerCommand.js";
import { sweepPage } from "../../report/sweep/page.js";
import { type SweepStanding, sweepResults, sweepStanding } from "../../report/sweep/sweepResults.js";
import { PAGE } from "../../sweeps/sweepPlan.js";
import { print, printJson, tell } from "../output.js";
import { wrapped } from "../table.js";
import { rankingTable } from "./rankingTable.js";
import { runCount } from "./sweepText.js";

interface ShowFlags {
  readonly by?: string;
  readonly json?: boolean;
}

/** `monge sweep show`: what a sweep has come to. */
export function showCommand(): Command {
  return new Command("show")
    .summary("show the settings of a sweep, best first, and write its page")
    .description(
      "Prints the settings of a sweep, best first, with means over the seeds ± standard error for the finished runs, and " +
        "writes the page sweep.html. Settings with a run that diverged come last.",
    )
    .argument("<folder>", "the folder of a sweep")
    .option(
      "--by <name>",
      "the figure that settings are compared by, by its name in --json (default: tableDetection for tables, emd for points, frechetDistance for images)",
    )
    .option("--json", "print the results as JSON on standard output and nothing else there")
    .action(async (folder: string, { by, json = false }: ShowFlags) =>
      showSweep(await sweepStanding(folder, by), { json }),
    );
}

/** Prints how a sweep stands. */
export async function showSweep(standing: SweepStanding, { json }: { readonly json: boolean }): Promise<void> {
  const { directory, plan, ended, by, ranked } = standing;
  await writeFileAtomically(join(directory, PAGE), sweepPage(standing));
  if (json) return printJson(sweepResults(standing));
  const open = plan.runs.length - ended.length;
  if (open > 0) tell(`${runCount(open)} of ${plan.runs.length} not finished yet.`);
  if (!by) return tell("No run has a figure yet.");
  const [best] = ranked;
  print(
    [
      ...[rankingTable(standing), wrapped(`Best first by ${by.head}: ${uncapitalised(by.summary)}`)],
      ...(best ? ["", "Train the best one longer:", `  ${longerCommand(plan, best)}`] : []),
      ...["", `Page: ${join(directory, PAGE)}`],
    ].join("\n"),
  );
}
