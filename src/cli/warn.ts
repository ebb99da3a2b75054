import { tell } from "./output.js";

/** Tells on standard error what a user should know. */
export function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) tell(`monge: ${sentence}`);
}
