import type { Shown } from "../../metrics/metric.js";
import { printable } from "../../quoting.js";
import { type RankedSetting, spreadIn } from "../../report/sweep/ranking.js";
import type { SweepStanding } from "../../report/sweep/sweepResults.js";
import { optionOf } from "../../settings.js";
import { valueText } from "../../sweeps/settingChoice.js";
import { figure, percent } from "../figureText.js";
import { type Column, tablesOf } from "../table.js";

/** The settings of a sweep, best first, with means over their seeds ± standard error. */
export function rankingTable({ plan, ranked, shown }: SweepStanding): string {
  const losses = new Set(ranked.map(({ loss }) => loss));
  const names: readonly Column<RankedSetting>[] = [
    ...(losses.size > 1 || plan.varied.length === 0 ? [{ head: "loss", cell: ({ loss }: RankedSetting) => loss }] : []),
    ...plan.varied.map((name) => ({
      head: optionOf(name),
      cell: ({ settings }: RankedSetting) => {
        const value = settings[name];
        return value === undefined ? null : printable(valueText(value));
      },
    })),
    { head: "seeds", cell: seedsText },
  ];
  const columns = shown.map(
    (metric): Column<RankedSetting> => ({ head: printable(metric.head), cell: (one) => spreadText(one, metric) }),
  );
  return tablesOf(names, columns, ranked).join("\n");
}

/** "3", "2 of 3", "2 of 3, 1 diverged". */
function seedsText({ ended, missing, diverged }: RankedSetting): string {
  const count = missing > 0 ? `${ended.length} of ${ended.length + missing}` : String(ended.length);
  return diverged > 0 ? `${count}, ${diverged} diverged` : count;
}

function spreadText(one: RankedSetting, metric: Shown): string | null {
  const spread = spreadIn(one, metric);
  if (!spread) return null;
  const text = metric.notation.style === "share" ? percent : figure;
  const { mean, error } = spread;
  return error === null ? text(mean) : `${text(mean)} ± ${text(Number(error.toPrecision(2)))}`;
}
