import { quoted } from "../quoting.js";
import { isModelled } from "../tables/isModelled.js";
import type { ColumnSchema, TableSchema } from "../tables/schema.js";
import type { RunConfig } from "./config.js";
import { trainingMemory } from "./memoryEstimate.js";

/** A column that takes so much of the memory of a training is named. */
const NAMED_SHARE = 0.1;

/** Numbers that a row of a table has when it is encoded, at least: those of it that many rows share are known later. */
export function leastWidth({ columns }: TableSchema): number {
  return columns.reduce((sum, column) => sum + leastWidthOf(column), 0);
}

function leastWidthOf(column: ColumnSchema): number {
  if (!isModelled(column)) return 0;
  const missing = column.missing.length > 0 ? 1 : 0;
  return missing + ("categories" in column ? column.categories.length : 1);
}

/** What to choose where training on a table takes too much memory: the column that takes most of it, where one stands out. */
export function memoryAdvice(config: RunConfig, schema: TableSchema, size: number): string {
  const width = leastWidth(schema);
  const memory = (numbers: number) => trainingMemory(config, { fields: { sample: { shape: [numbers] } }, size });
  const [widest] = schema.columns.toSorted((a, b) => leastWidthOf(b) - leastWidthOf(a));
  const all = memory(width);
  const own = widest ? all - memory(width - leastWidthOf(widest)) : 0;
  if (widest && "categories" in widest && own > NAMED_SHARE * all) {
    const gigabytes = (own / 2 ** 30).toPrecision(2);
    return (
      `fewer categories of ${quoted(widest.name)}, whose ${widest.categories.length} take ${gigabytes} GiB of it ` +
      "(--most-categories 1000), or leave it out (--drop)"
    );
  }
  return `fewer of its ${schema.columns.length} columns (--drop), or a smaller width, latent or batch`;
}
