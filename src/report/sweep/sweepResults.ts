import { shownIn } from "../../metrics/catalogue.js";
import { figureToRankBy, mainFigure } from "../../metrics/mainFigure.js";
import { factsOf, type MetricFacts, numberNamed, type Shown } from "../../metrics/metric.js";
import { type EndedRun, endedRuns } from "../../sweeps/runSweep.js";
import type { SettingValue } from "../../sweeps/settingChoice.js";
import { planIn, type SweepPlan } from "../../sweeps/sweepPlan.js";
import { type RankedSetting, rankSettings, spreadIn } from "./ranking.js";

/** All that is known of a sweep. */
export interface SweepStanding {
  readonly directory: string;
  readonly plan: SweepPlan;
  readonly ended: readonly EndedRun[];
  /** What settings are compared by; `undefined` where no run has a figure yet. */
  readonly by: Shown | undefined;
  /** Best first. */
  readonly ranked: readonly RankedSetting[];
  /** What is said of the runs in tables: the figure that they are compared by, then the others that some run has. */
  readonly shown: readonly Shown[];
}

/**
 * Reads how the sweep in a folder stands.
 * @param by the name of the figure that settings are compared by. Default: the main one of such data
 * @throws InputError where the folder holds no sweep, or there is no such figure
 */
export async function sweepStanding(directory: string, by?: string): Promise<SweepStanding> {
  const plan = await planIn(directory);
  const ended = await endedRuns(directory, plan);
  const results = ended.map(({ result }) => result);
  const figure = by === undefined ? mainFigure(results) : figureToRankBy(by, results);
  const others = shownIn({ metrics: [] }).filter(
    (metric) =>
      metric.name !== figure?.name &&
      metric.about === "outcome" &&
      metric.places.includes("table") &&
      results.some((result) => numberNamed(metric.name)(result) !== null),
  );
  const shown = figure ? [figure, ...others] : others;
  return { directory, plan, ended, by: figure, ranked: rankSettings(plan, ended, figure), shown };
}

/** What `monge sweep show --json` prints. */
export interface SweepResults {
  readonly version: 1;
  readonly data: string;
  readonly by: string | null;
  readonly runs: number;
  readonly ended: number;
  /** Best first. */
  readonly settings: readonly SettingResults[];
  readonly metrics: readonly MetricFacts[];
}

interface SettingResults {
  readonly loss: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly diverged: number;
  readonly missing: number;
  /** Means over the seeds that did not diverge; `error` is the standard error, `null` of one seed. */
  readonly figures: Readonly<Record<string, { readonly mean: number; readonly error: number | null }>>;
  readonly runs: readonly {
    readonly name: string;
    readonly seed: number;
    readonly iterations: number;
    readonly seconds: number;
    readonly stopped: string | null;
    readonly figures: EndedRun["result"]["figures"];
  }[];
}

/** The results of a sweep as plain data. */
export function sweepResults({ plan, ended, by, ranked }: SweepStanding): SweepResults {
  const names = new Set(ended.flatMap(({ result }) => Object.keys(result.figures)));
  const measured = shownIn({ metrics: [] }).filter(({ name }) => names.has(name));
  return {
    version: 1,
    data: plan.data.name,
    by: by?.name ?? null,
    runs: plan.runs.length,
    ended: ended.length,
    settings: ranked.map((one) => ({
      ...{ loss: one.loss, settings: one.settings, diverged: one.diverged, missing: one.missing },
      figures: Object.fromEntries(
        measured.flatMap((metric) => {
          const spread = spreadIn(one, metric);
          return spread ? [[metric.name, spread] as const] : [];
        }),
      ),
      runs: one.ended.map(({ run, result: { seed, iterations, seconds, stopped, figures } }) => ({
        ...{ name: run.name, seed, iterations, seconds, stopped, figures },
      })),
    })),
    metrics: measured.map(factsOf),
  };
}
