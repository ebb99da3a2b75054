import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { mongeProgram } from "../../src/cli/program.js";

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

const commands = withSubcommands(await mongeProgram(() => {})).filter(({ options }) => options.length > 0);

describe("help", () => {
  it.each(commands.map((command) => [command.name(), command] as const))(
    "of %s states the default of every option that takes a value, or that it is required",
    (_, command) => {
      const silent = command.options.filter(
        ({ required, optional, mandatory, defaultValue, description }) =>
          (required || optional) &&
          !mandatory &&
          defaultValue === undefined &&
          !/\(.*(default: |required)/.test(description),
      );
      expect(silent.map(({ long }) => long)).toEqual([]);
    },
  );

  it.each(commands.map((command) => [command.name(), command] as const))("of %s fits 80 columns", (_, command) => {
    let help = "";
    const writeOut = (text: string) => {
      help += text;
    };
    command
      .configureOutput({ writeOut, getOutHelpWidth: () => 80 })
      .configureHelp({ helpWidth: 80 })
      .outputHelp();
    expect(help).toContain("Options:");
    expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
