import { Command } from "commander";
import { printable } from "../quoting.js";
import { importModules } from "../runs/ownModules.js";
import { packageVersion } from "../version.js";
import { benchmarkCommand } from "./benchmark.js";
import { compareCommand } from "./compare.js";
import { describeCommand } from "./describe.js";
import { distanceCommand } from "./distance.js";
import { EXIT } from "./exit.js";
import { exportCommand } from "./export.js";
import { tellFailure } from "./failure.js";
import { infoCommand } from "./info.js";
import { interpolateCommand } from "./interpolate.js";
import { judgeCommand } from "./judge.js";
import { metricsCommand } from "./metrics.js";
import { projectCommand } from "./project.js";
import { sampleCommand } from "./sample.js";
import { studioCommand } from "./studio.js";
import { sweepCommand } from "./sweep.js";
import { trainCommand } from "./train.js";
import { verifyCommand } from "./verify.js";
import { namedModules } from "./withOption.js";
import { workerCommand } from "./worker.js";

/** The command line as commander sees it. `done` hears the exit code of a command that ends with another than 0. */
export async function mongeProgram(done: (exitCode: number) => void): Promise<Command> {
  const program = new Command("monge")
    .description("Train generative adversarial networks with the Wasserstein loss, and see that it works.")
    .version(await packageVersion())
    .configureOutput({ outputError: (text, write) => write(sentence(text)) });
  for (const make of [
    compareCommand,
    trainCommand,
    sweepCommand,
    workerCommand,
    studioCommand,
    describeCommand,
    sampleCommand,
    interpolateCommand,
    projectCommand,
    exportCommand,
    infoCommand,
    judgeCommand,
    distanceCommand,
    metricsCommand,
    verifyCommand,
    benchmarkCommand,
  ]) {
    program.addCommand(make(done));
  }
  inheritAll(program.exitOverride());
  return program;
}

/**
 * Runs the command line and returns the exit code: 0 only on success, 1 for a run that diverged or a fault of this program,
 * 2 for bad input or a machine that lacks something, 130 when interrupted.
 * @param argv the arguments after the name of the command
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.success;
  try {
    // Before the commands are made: their help and choices tell of what these add.
    await importModules(namedModules(argv));
    const program = await mongeProgram((exitCode) => {
      code = exitCode;
    });
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return tellFailure(error);
  }
}

/** Gives the settings of a command to its commands, and to theirs. */
function inheritAll(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inheritAll(command);
  }
}

/** Commander's message in one line, in this program's name. */
function sentence(message: string): string {
  const line = message
    .trim()
    .replace(/^error: /, "monge: ")
    .replaceAll("\n", " ");
  return `${printable(line)}\n`;
}
