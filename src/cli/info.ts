import { Command } from "commander";
import { columnsOf } from "../data/codecs/index.js";
import { namesIn } from "../files.js";
import type { Evaluation } from "../metrics/metric.js";
import { layoutSize } from "../networks/parameters.js";
import { quoted } from "../quoting.js";
import type { RunConfig } from "../runs/config.js";
import { earlyEnd } from "../runs/earlyEnd.js";
import type { DataDescription, SavedRun } from "../runs/runRecord.js";
import { loadRun } from "../runs/savedRun.js";
import { isUsed } from "../runs/unusedSettings.js";
import { figure } from "./figureText.js";
import { checkpointOption } from "./options.js";
import { print, printJson } from "./output.js";
import { factsTable } from "./table.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

/** A wide table would fill the screen. */
const MOST_COLUMNS = 20;

interface InfoFlags {
  readonly checkpoint?: number;
  readonly json?: boolean;
}

/** `monge info`: what a run's folder holds. */
export function infoCommand(): Command {
  return new Command("info")
    .description("Shows a run's settings, its progress, the size of its networks, its files and its last evaluation.")
    .argument("<folder>", "the folder of a run")
    .addOption(checkpointOption())
    .addOption(withOption())
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  monge info runs/digits\n  monge info runs/digits --json")
    .action(async (folder: string, { checkpoint, json = false }: InfoFlags) => {
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      const facts = await factsOf(run);
      if (json) printJson(facts);
      else print(factsTable(linesOf(facts)));
    });
}

async function factsOf(run: SavedRun) {
  const { directory, config, data, begunFrom, changes, progress, model, checkpoint, version } = run;
  const { iteration, seconds, history } = progress;
  const { generator, critic } = model.layout;
  const parameters = { generator: layoutSize(generator), critic: layoutSize(critic) };
  const files = (await namesIn(directory)).sort();
  const evaluation = history.at(-1) ?? null;
  const endedEarly = earlyEnd(run) ?? null;
  const facts = { config, data, begunFrom, changes, iteration, endedEarly, seconds };
  return { ...facts, parameters, evaluation, checkpoint, version, files };
}

function linesOf(facts: Awaited<ReturnType<typeof factsOf>>): [name: string, value: string][] {
  const { config, data, begunFrom, changes, iteration, endedEarly, seconds, parameters } = facts;
  const { evaluation, checkpoint, version, files } = facts;
  return [
    ["iteration", `${iteration} of ${config.iterations}`],
    ...(endedEarly === null ? [] : [["ended early", endedEarly] satisfies [string, string]]),
    ["seconds", seconds.toFixed(0)],
    ["parameters", `generator ${parameters.generator}, critic ${parameters.critic}`],
    ["sample shape", `[${data.fields.sample.shape.join(", ")}]`],
    ...columnLines(data),
    ...settingsOf(config),
    ...(begunFrom ? [weightsLine(begunFrom)] : []),
    ...changes.map(({ iteration: at, setting, from, to }): [string, string] => [
      `changed at ${at}`,
      `${setting}: ${text(from)} to ${text(to)}`,
    ]),
    ...(evaluation ? figuresOf(evaluation) : []),
    ["checkpoint", checkpoint],
    ["written by", `monge ${version}`],
    ["files", files.join(", ")],
  ];
}

/** What each column of a table comes back with. */
function columnLines({ codec }: DataDescription): [name: string, value: string][] {
  const lines = (columnsOf(codec) ?? []).map(({ name, decimals, range }): [string, string] => {
    const digits = decimals === null ? "all digits" : decimals === 0 ? "whole numbers" : `decimals: ${decimals}`;
    return [`column ${quoted(name)}`, range ? `${digits}, from ${range[0]} to ${range[1]}` : digits];
  });
  const more = lines.length - MOST_COLUMNS;
  return more > 0 ? [...lines.slice(0, MOST_COLUMNS), ["columns", `${more} more: --json lists all`]] : lines;
}

/** The settings that the run has a use for. */
function settingsOf(config: RunConfig): [name: string, value: string][] {
  const names = Object.keys(config) as (keyof RunConfig)[];
  return names
    .filter((name) => config[name] !== null && isUsed(name, config))
    .map((name) => [name, text(config[name])]);
}

function text(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function weightsLine({ directory, iteration }: NonNullable<SavedRun["begunFrom"]>): [name: string, value: string] {
  return ["weights from", `${directory}, iteration ${iteration}`];
}

/** Every figure, by the name that `--json` has for it. */
function figuresOf({ iteration, figures }: Evaluation): [name: string, value: string][] {
  return [
    ["evaluated at", String(iteration)],
    ...Object.entries(figures).map(([name, value]): [string, string] => [
      name,
      typeof value === "number" ? figure(value) : value.map((one) => figure(one)).join(" .. "),
    ]),
  ];
}
