import { systemReason } from "../files.js";
import { printable, printableJson } from "../quoting.js";
import { EXIT } from "./exit.js";

/** Writes a line on standard error. Whatever names it quotes, it steers no terminal and stays one line. */
export function tell(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** Writes lines on standard output, which steer no terminal. */
export function print(text: string): void {
  process.stdout.write(`${printableLines(text)}\n`);
}

/** Writes a value as JSON on standard output: `JSON.parse` gives it back, and it steers no terminal. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, 2))}\n`);
}

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
      tell(`monge: the output cannot be written: ${systemReason(error) ?? error.message}.`);
    });
  }
}

/**
 * Writes data to standard output, as fast as it is taken, and no more of it once it cannot be written: see `guardOutput`. It is what it is,
 * but on a terminal, which it may not steer.
 */
export async function writeOutput(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const shown = process.stdout.isTTY ? printableLines : (piece: string) => piece;
  for await (const piece of pieces) {
    const error = await new Promise((resolve) => process.stdout.write(shown(piece), resolve));
    if (error) return;
  }
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
