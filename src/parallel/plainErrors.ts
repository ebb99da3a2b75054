import { InputError } from "../errors.js";

/** A class of errors. */
export type ErrorClass = abstract new (...values: never[]) => Error;

/** An error as plain data, which another thread can make into an error of the same class. */
export interface PlainError {
  /** The names of its class and of those that it extends, nearest first. */
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: PlainError | undefined;
  /** Its own properties, as far as they are plain data. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Classes that every thread knows. */
const COMMON: readonly ErrorClass[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  InputError,
];

/** The plain data of an error, or of anything else that was thrown. */
export function plainError(thrown: unknown): PlainError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    classes: classesOf(error),
    name: error.name,
    message: error.message,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : plainError(error.cause),
    fields: Object.fromEntries(Object.entries(error).filter(([, value]) => isPlain(value))),
  };
}

/**
 * The error that `plainError` was given: of the same class where that is built in, `InputError` or one of `classes`; otherwise of the
 * nearest class that it extends, with its own name.
 */
export function errorFrom(plain: PlainError, classes: readonly ErrorClass[] = []): Error {
  const { name, message, stack, fields } = plain;
  if (plain.classes[0] === "DOMException") return new DOMException(message, name);
  const known = new Map([...COMMON, ...classes].map((one) => [one.name, one]));
  const nearest = plain.classes.find((one) => known.has(one)) ?? "Error";
  const error =
    plain.cause === undefined ? new Error(message) : new Error(message, { cause: errorFrom(plain.cause, classes) });
  // Its constructor would want what the sentence was made of.
  Object.setPrototypeOf(error, known.get(nearest)?.prototype ?? Error.prototype);
  Object.assign(error, fields, { stack });
  if (error.name !== name) error.name = name;
  return error;
}

function classesOf(error: Error): string[] {
  const names: string[] = [];
  for (let one = Object.getPrototypeOf(error); one !== Object.prototype; one = Object.getPrototypeOf(one))
    names.push(one.constructor.name);
  return names;
}

function isPlain(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
