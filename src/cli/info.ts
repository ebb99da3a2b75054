import { Command } from "commander";
import { sizeOf } from "../engine/index.js";
import { modelOf, openRun } from "../training/run.js";
import { factsTable, figure } from "./table.js";

/** `monge info`: what a run's folder holds. */
export function infoCommand(): Command {
  return new Command("info")
    .summary("tell what a run's folder holds")
    .description("Tells a run's settings, how far it is, the size of its networks and its last evaluation.")
    .argument("<folder>", "the folder of a run")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  monge info runs/digits")
    .action(async (folder: string, { json = false }: { readonly json?: boolean }) => {
      const run = await openRun(folder);
      for (const warning of run.warnings) process.stderr.write(`monge: ${warning}\n`);
      const { state } = modelOf(run);
      const { iteration, seconds, history } = run.progress!;
      const parameters = { generator: sizeOf(state.generator!.shape), critic: sizeOf(state.critic!.shape) };
      const evaluation = history.at(-1) ?? null;
      if (json) {
        process.stdout.write(
          `${JSON.stringify({ config: run.config, iteration, seconds, parameters, evaluation }, null, 2)}\n`,
        );
        return;
      }
      const text = (value: unknown) =>
        typeof value === "number"
          ? figure(value)
          : Array.isArray(value)
            ? value.map(figure).join(" .. ")
            : String(value ?? "-");
      const facts: [string, string][] = [
        ["iteration", `${iteration} of ${run.config.iterations}`],
        ["seconds", seconds.toFixed(0)],
        ["parameters", `generator ${parameters.generator}, critic ${parameters.critic}`],
        ...Object.entries(run.config).map(([name, value]): [string, string] => [
          name,
          String(typeof value === "object" && value ? JSON.stringify(value) : (value ?? "-")),
        ]),
        ...Object.entries(evaluation ?? {})
          .filter(([name]) => !["iteration", "seconds"].includes(name))
          .map(([name, value]): [string, string] => [`last ${name}`, text(value)]),
      ];
      process.stdout.write(`${factsTable(facts)}\n`);
    });
}
