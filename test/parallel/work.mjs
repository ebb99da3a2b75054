// Work for threads, on compiled files as threads run them.
import { setTimeout as wait } from "node:timers/promises";
import { ShapeError } from "../../dist/engine/index.js";
import { InputError } from "../../dist/errors.js";
import { Divergence } from "../../dist/game/divergence.js";

export async function double({ x }, { onProgress }) {
  onProgress(x);
  return 2 * x;
}

/** Says when it has begun, works until it is asked to end, and takes a moment to do so. */
export async function patient({ problem }, { signal, onProgress }) {
  onProgress("begun");
  while (!signal.aborted) await wait(1);
  await wait(30);
  onProgress("saved");
  if (problem) throw new Error(problem);
  signal.throwIfAborted();
}

/** Never looks at its signal. */
export function deaf(_, { onProgress }) {
  onProgress("begun");
  for (;;);
}

export class Unlisted extends RangeError {
  name = "Unlisted";
}

export function fail({ kind }) {
  switch (kind) {
    case "input":
      throw new InputError("that is no number");
    case "shape":
      throw new ShapeError("add", "[2] does not fit [3]");
    case "divergence":
      throw new Divergence(7, "critic loss", "none");
    case "range":
      throw new RangeError("too far");
    case "system":
      throw Object.assign(new Error("no such file"), { code: "ENOENT", path: "/nowhere", open: () => {} });
    case "cause":
      throw new Error("outer", { cause: new InputError("inner") });
    case "unlisted":
      throw new Unlisted("further");
    case "abort":
      throw new DOMException("given up", "AbortError");
    case "text":
      throw "a text";
    case "exit":
      process.exit(3);
  }
}

/** Fails once the other has begun, or is patient. */
export async function either(assignment, options) {
  if (!assignment.kind) return await patient(assignment, options);
  await wait(200);
  return fail(assignment);
}
