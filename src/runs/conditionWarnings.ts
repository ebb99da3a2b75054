import { unseenPairs } from "../data/codecs/seenPairs.js";
import { rowLayout } from "../data/codecs/tableRows.js";
import { quoted } from "../quoting.js";
import { askedOf, tableOf } from "./askedOfTable.js";
import type { RowMaker } from "./runRecord.js";

/** What to know of conditions before rows are made: that no row of the data fulfils two of them at once, as far as the run knows. */
export function conditionWarnings(run: RowMaker, where: readonly string[]): readonly string[] {
  const { columns } = rowLayout(tableOf(run).codec);
  const { seenPairs } = run.data;
  const unseen = seenPairs ? unseenPairs(seenPairs, columns, askedOf(run, where).columns) : [];
  return unseen.map(
    ([{ layout: one }, { layout: other }]) =>
      `No row of the data has what is asked of ${quoted(one.name)} and ${quoted(other.name)} together: such rows are made anyway, ` +
      "but how they would be is a guess.",
  );
}
