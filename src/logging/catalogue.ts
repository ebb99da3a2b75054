import { type Catalogue, catalogue } from "../catalogue.js";
import { InputError } from "../errors.js";
import { csv } from "./csv.js";
import { jsonl } from "./jsonl.js";
import type { LoggerEntry } from "./logger.js";
import { mlflow } from "./mlflow/mlflow.js";
import { tensorboard } from "./tensorboard/tensorboard.js";

/** Where runs can be logged to. What is added here with `loggers.add(...)` can be named by `--log`. */
export const loggers: Catalogue<LoggerEntry> = catalogue<LoggerEntry>("log", [tensorboard, mlflow, csv, jsonl]);

/** A logger that is asked for by "csv", "mlflow=URL" and the like. */
export interface LogAsked {
  readonly entry: LoggerEntry;
  readonly target: string | undefined;
}

/**
 * Reads what `--log` takes.
 * @throws InputError where there is no such logger, or it lacks its target
 */
export function logAsked(text: string): LogAsked {
  const at = text.indexOf("=");
  const entry = loggers.get(at < 0 ? text : text.slice(0, at));
  const target = at < 0 ? undefined : text.slice(at + 1);
  if (target === "" || (target === undefined && entry.target.isRequired))
    throw new InputError(`${entry.name} needs to know where to: give ${entry.name}=${entry.target.placeholder}.`);
  return { entry, target };
}

/** How a logger is asked for: "tensorboard[=FOLDER]". */
export function askedText({ name, target: { placeholder, isRequired } }: LoggerEntry): string {
  return isRequired ? `${name}=${placeholder}` : `${name}[=${placeholder}]`;
}
