import { CommanderError } from "commander";
import { InputError } from "../errors.js";
import { isExhausted, systemReason } from "../files.js";
import { outOfMemory } from "../outOfMemory.js";
import { shortened } from "../quoting.js";
import { EXIT } from "./exit.js";
import { tell } from "./output.js";

/** Set to 1, it shows where an unexpected error arose. */
const DEBUG = "MONGE_DEBUG";

/**
 * Tells on standard error, in one sentence, why a command ended, and returns the exit code: 2 for bad input and for what the machine does
 * not have, 130 for an interruption, 1 for a fault of this program.
 * @param by whose failure it is
 */
export function tellFailure(error: unknown, by = "monge"): number {
  // Commander has told its own.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.badInput;
  if (error instanceof DOMException && error.name === "AbortError") {
    tell("Stopped before a result was ready.");
    return EXIT.interrupted;
  }
  const expected = error instanceof Error ? expectedFailure(error) : undefined;
  tell(`${by}: ${expected ?? fault(error)}`);
  if (process.env[DEBUG] === "1") tellStack(error);
  return expected === undefined ? EXIT.failed : EXIT.badInput;
}

function expectedFailure(error: Error): string | undefined {
  if (error instanceof InputError) return error.message;
  const memory = outOfMemory(error);
  if (memory) return memory.message;
  const reason = systemReason(error);
  if (reason === undefined) return undefined;
  const place = "path" in error && typeof error.path === "string" ? `${shortened(error.path)}: ` : "";
  const remedy = isExhausted(error)
    ? "close other programs, or allow more (ulimit -n)"
    : "check the path and the system";
  return `${place}${reason}; ${remedy}.`;
}

function fault(error: unknown): string {
  const message = shortened(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return `this is a fault of monge (${message}): please report it with the command; ${DEBUG}=1 shows where it happened.`;
}

function tellStack(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const line of stack.split("\n")) tell(line);
}
