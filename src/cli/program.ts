import { Command } from "commander";
import { printable } from "../quoting.js";
import { importModules } from "../runs/ownModules.js";
import { packageVersion } from "../version.js";
import { commands } from "./commands.js";
import { EXIT } from "./exit.js";
import { tellFailure } from "./failure.js";
import { loadPart } from "./loadPart.js";
import { namedModules } from "./withOption.js";

/**
 * The command line as commander sees it. `done` hears the exit code of a command that ends with another than 0.
 * @param named names of the commands that are loaded, among others; the rest only stands in the list of commands. Default: all
 */
export async function mongeProgram(
  done: (exitCode: number) => void,
  named: readonly string[] = Object.keys(commands),
): Promise<Command> {
  const program = new Command("monge")
    .description("Train generative adversarial networks (GANs) with binary cross-entropy or the Wasserstein loss.")
    .version(await packageVersion())
    .configureOutput({ outputError: (text, write) => write(sentence(text)) })
    .configureHelp({ subcommandTerm: (command) => command.name() });
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = named.includes(name) ? (await loadPart(load))(done) : new Command(name);
    program.addCommand(command.summary(summary));
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
    const setCode = (exitCode: number) => {
      code = exitCode;
    };
    const program = await mongeProgram(setCode, argv);
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
