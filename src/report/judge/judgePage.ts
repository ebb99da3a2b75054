import type { JudgeResults } from "../../judge/results.js";
import type { JudgedRows } from "./page.js";

/**
 * The page of what `judge` found, for readers who do not know the measures: the text of one HTML file that needs no other file and nothing from
 * the network. It shows the distributions of all columns, and the real rows that synthetic ones are closest to: show it only to those who
 * may see the real table.
 *
 * @param results what `judge` gave
 * @param tables what it was given, as `openTables` reads it
 */
export async function judgePage(results: JudgeResults, tables: JudgedRows): Promise<string> {
  const { pageOf } = await import("./page.js");
  return pageOf(results, tables);
}
