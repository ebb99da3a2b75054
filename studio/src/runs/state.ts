import type { RunEntry } from "../../../src/studioServer/protocol.js";
import { text } from "../language/index.js";

/** How a named run stands, in a word. */
export function stateOf({ kind, state }: Pick<RunEntry, "kind" | "state">): string {
  const { comparison, states } = text().runs;
  return kind === "comparison" && state === "finished" ? comparison : states[state];
}
