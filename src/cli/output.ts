import { systemReason } from "../files.js";
import { EXIT } from "./exit.js";

/**
 * Lets a command go on where whoever reads its output has had enough (`monge ... | head`): what it would still say is dropped. Output
 * that cannot be written for another reason, such as a full disk, is told once and makes the command fail.
 */
export function guardOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    let told = false;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || told) return;
      told = true;
      // The command, which may still be at work, would set another.
      process.on("exit", () => {
        process.exitCode = EXIT.badInput;
      });
      process.stderr.write(`monge: the output cannot be written: ${systemReason(error) ?? error.message}.\n`);
    });
  }
}

/** Writes text to standard output, as fast as it is taken, and no more of it once it cannot be written: see `guardOutput`. */
export async function writeOutput(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    const error = await new Promise((resolve) => process.stdout.write(piece, resolve));
    if (error) return;
  }
}
