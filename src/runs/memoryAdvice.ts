import type { TableSchema } from "../tables/schema.js";
import type { RunConfig } from "./config.js";
import type { SampleFacts } from "./memoryEstimate.js";
import { memoryAdvice } from "./tableMemory.js";

/** What is to be known of data: of a table, its columns too. */
export type MemoryFacts = SampleFacts & { readonly table?: { readonly schema: TableSchema } | undefined };

/**
 * What to choose where a training takes too much memory.
 * @param atOnce runs at a time
 */
export function adviceFor(config: RunConfig, { table, size }: MemoryFacts, atOnce: number): string {
  if (atOnce > 1) return `fewer than ${atOnce} runs at a time (--workers)`;
  return table ? memoryAdvice(config, table.schema, size) : "a smaller width, depth, latent or batch";
}
