#!/usr/bin/env node
import { tellFailure } from "./failure.js";
import { loadPart } from "./loadPart.js";
import { guardOutput } from "./output.js";

guardOutput();
// An error that nothing waited for leaves the program in a state that nobody knows.
process.on("uncaughtException", (error) => process.exit(tellFailure(error)));
try {
  const { runCommand } = await loadPart(() => import("./program.js"));
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  process.exitCode = tellFailure(error);
}
