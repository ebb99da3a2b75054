#!/usr/bin/env node
import { InputError } from "../errors.js";
import { shortened } from "../quoting.js";
import { tellFailure } from "./failure.js";
import { guardOutput } from "./output.js";

guardOutput();
// An error that nothing waited for leaves the program in a state that nobody knows.
process.on("uncaughtException", (error) => process.exit(tellFailure(error)));
try {
  const { runCommand } = await import("./program.js").catch((error: Error) => {
    // Node says of most files that it may not open that they are not there.
    throw new InputError(
      `a part of this program cannot be loaded (${shortened(error.message)}); install it again, or allow more open files (ulimit -n).`,
    );
  });
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  process.exitCode = tellFailure(error);
}
