import { Command } from "commander";
import { modesCommand } from "./benchmark/modes.js";

/** `monge benchmark`: published protocols, reproduced. */
export function benchmarkCommand(done: (exitCode: number) => void): Command {
  return new Command("benchmark")
    .description("Runs the protocol of a published benchmark and prints the result beside the published ones.")
    .addCommand(modesCommand(done));
}
