import { dirname, extname } from "node:path";
import { Command } from "commander";
import { InputError } from "../errors.js";
import { checkWritable, writeFileAtomically } from "../files.js";
import { judge } from "../judge/judge.js";
import type { JudgeResults } from "../judge/results.js";
import { quoted } from "../quoting.js";
import { judgePage } from "../report/judge/judgePage.js";
import { alarmOf } from "../report/judge/sentences.js";
import { type JudgedTables, openTables } from "../runs/openTables.js";
import { EXIT } from "./exit.js";
import { interruptible } from "./interrupt.js";
import { type Bars, barList, shortfalls } from "./judge/failUnder.js";
import { judgeText, LEGEND } from "./judge/table.js";
import { headerOptions, seedNumber, wholeFrom } from "./options.js";
import { print, printJson, tell } from "./output.js";
import { statusLine } from "./status.js";
import { type TableFlags, tableChoices, tableOptions } from "./tableOptions.js";
import { warn } from "./warn.js";

interface JudgeFlags extends TableFlags {
  readonly header?: boolean;
  readonly holdout?: string;
  readonly target?: string;
  readonly output?: string;
  readonly failUnder?: Bars;
  readonly seed: number;
  readonly rows: number;
  readonly bootstrap: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The options of tables that say what columns are; the others say what is made. */
const readingOptions = tableOptions.filter((option) =>
  ["schema", "column", "drop", "mostCategories"].includes(option.attributeName()),
);

/** `monge judge`: how good a synthetic table is. */
export function judgeCommand(done: (exitCode: number) => void): Command {
  const command = new Command("judge")
    .description(
      "Compares a synthetic table, made by any program, with the real one: do columns look right (shape), do pairs of columns (trend), " +
        "can a model tell the rows apart (detection), how far would rows have to move (distance), is a model trained on them worth as much " +
        "(utility), do they disclose real rows (privacy). Each answer is a score from 0 to 1, beside the scores of independent columns and of real " +
        "rows. For a run, new rows are compared with its training rows; its held-out rows are the holdout.",
    )
    .argument("<real>", "a table of real rows, or the folder of a run")
    .argument("[synthetic]", "a table of synthetic rows (default: for a run new ones)")
    .option(
      "--holdout <file>",
      "real rows that the synthetic ones were not made from (default: for a run its held-out rows, else none)",
    )
    .option("--target <column>", "what models learn to predict (default: the last column of categories, else the last)")
    .option("-o, --output <file>", "write a page with pictures, an .html file (default: none)")
    .option(
      "--fail-under <list>",
      "exit with 1 if a score is lower, such as shape=0.9,detection=0.5 (default: none)",
      barList,
    )
    .option("--rows <n>", "rows of each table that the slow questions use", wholeFrom(100, 200_000), 10_000)
    .option("--bootstrap <n>", "resamples of the intervals, 0 for none", wholeFrom(0, 10_000), 100)
    .option("--seed <n>", "random seed", seedNumber, 0)
    .option("--json", "print the results as JSON, and nothing else on standard output")
    .option("--quiet", "show no progress");
  for (const option of [...readingOptions, ...headerOptions]) command.addOption(option);
  return command
    .addHelpText(
      "after",
      "\nExamples:\n  monge judge real.csv synthetic.csv\n  monge judge real.csv synthetic.csv --holdout later.csv -o report.html\n" +
        "  monge judge real.csv synthetic.csv --fail-under shape=0.9,detection=0.5 --json\n  monge judge runs/customers -o report.html",
    )
    .action(async (real: string, synthetic: string | undefined, flags: JudgeFlags) => {
      await checkOutput(flags.output);
      const { holdout, header, seed } = flags;
      const choices = await tableChoices(flags);
      const tables = await openTables({ real, synthetic, holdout }, { ...choices, header, seed });
      checkTarget(tables, flags.target);
      warn(tables.warnings);
      const results = await judged(tables, flags);
      if (flags.output !== undefined) await writeFileAtomically(flags.output, await judgePage(results, tables));
      if (flags.json) printJson(results);
      else conclude(results, flags);
      const short = shortfalls(results, flags.failUnder ?? new Map());
      for (const sentence of short) tell(`monge: ${sentence}`);
      if (short.length > 0) done(EXIT.failed);
    });
}

async function checkOutput(output: string | undefined): Promise<void> {
  if (output === undefined) return;
  if (extname(output).toLowerCase() !== ".html")
    throw new InputError(`${output} must end in .html, since it is a page.`);
  await checkWritable(dirname(output));
}

/** Refuses a target that is there, but of which nothing is learned. */
function checkTarget({ schema, real }: JudgedTables, target: string | undefined): void {
  const found = schema.columns.find(({ name }) => name === target);
  if (!found || real.columns.some(({ name }) => name === target)) return;
  throw new InputError(
    `${quoted(found.name)} cannot be the target: its type is ${found.type}, which no model learns; choose another column with --target.`,
  );
}

async function judged(tables: JudgedTables, flags: JudgeFlags): Promise<JudgeResults> {
  const { target, seed, rows, bootstrap, quiet = false } = flags;
  const status = statusLine(quiet);
  return interruptible((signal) =>
    judge(tables, {
      target,
      seed,
      rows,
      bootstrap,
      signal,
      onProgress: ({ question, done }) => status.say(`judging ${question}: ${Math.round(100 * done)} %`),
    }),
  ).finally(() => status.end());
}

function conclude(results: JudgeResults, { output }: JudgeFlags): void {
  print([judgeText(results), "", LEGEND].join("\n"));
  warn(results.notes);
  const alarm = alarmOf(results);
  if (alarm !== null) warn([alarm]);
  tell(output === undefined ? "-o report.html writes this as a page with pictures." : `The page is ${output}.`);
}
