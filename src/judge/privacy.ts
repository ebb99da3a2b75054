import { drawDistinct } from "../data/drawDistinct.js";
import { quantile } from "../quantile.js";
import type { Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import { copiedRows } from "./copies.js";
import { interval, type Work } from "./intervals.js";
import { type NearestRows, nearestRows } from "./nearestRows.js";
import { type Closeness, type Drawn, privacyMeasures } from "./privacyMeasures.js";
import type { Privacy, Scores } from "./results.js";
import { rowScaler, type ScaledRows } from "./scaledRows.js";
import { type Comparisons, halves, mapEach, ofEach } from "./yardsticks.js";

/** Rows whose closest ones are looked for, and rows that they are looked for among, as shares of the most rows to use. */
const ASKING = 1 / 4;
const LOOKED_AMONG = 2;
/** The share of real rows that lie closer to another than "near" reaches. */
const NEAR = 0.05;
const SHOWN_PAIRS = 10;
const BINS = 40;

type Measure = Privacy["measures"][number];

export interface PrivacyTables {
  readonly real: Table;
  readonly synthetic: Table;
  /** Real rows that the synthetic ones were not made from. */
  readonly holdout: Table | undefined;
  /** Columns of `real`, shuffled. */
  readonly independent: Table;
}

/** Some rows of a table: their places in it, and as distances are measured. */
interface SomeRows {
  readonly table: Table;
  readonly places: Uint32Array;
  readonly scaled: ScaledRows;
}

/**
 * Whether synthetic rows give real ones away, by Gower's distance with numbers in shares of the real column's range: see `Privacy`. The
 * yardstick of real rows is one half of the holdout, and the other half is what rows may be closer to than to those of training; without a
 * holdout the yardstick is the real rows, each beside all others, and what only a holdout can tell is left out.
 */
export async function judgePrivacy(tables: PrivacyTables, mostRows: number, work: Work): Promise<Privacy> {
  const { rng, turn, report } = work;
  const scale = rowScaler(tables.real, "range");
  const some = (table: Table): SomeRows => {
    const places = drawDistinct(rng, table.rows, Math.min(LOOKED_AMONG * mostRows, table.rows));
    return { table, places, scaled: scale(takeRows(table, places)) };
  };
  const asking = Math.ceil(ASKING * mostRows);
  const nearest = (of: ScaledRows, among: ScaledRows) =>
    nearestRows(of, among, { rows: Math.min(asking, of.rows), turn });
  const training = some(tables.real);

  /** @param held rows of the holdout, with as many of training */
  async function closenessOf({ table, places, scaled }: SomeRows, held: Even | null): Promise<Closeness> {
    const copied = copiedRows(table, tables.real);
    return {
      copies: copied.reduce((sum, one) => sum + one, 0) / table.rows,
      copied: Uint8Array.from(places.subarray(0, asking), (place) => copied[place]!),
      toTraining: await nearest(scaled, training.scaled),
      holdout: held && {
        training: (await nearest(scaled, held.training)).distance,
        holdout: (await nearest(scaled, held.holdout)).distance,
        members: (await nearest(held.training, scaled)).distance,
        others: (await nearest(held.holdout, scaled)).distance,
      },
    };
  }

  const synthetic = some(tables.synthetic);
  const all = tables.holdout ? evenRows(training.scaled, some(tables.holdout).scaled) : null;
  const parts = tables.holdout && halves(tables.holdout, rng).map(some);
  const ofSynthetic = await closenessOf(synthetic, all);
  report(1 / 3);
  const ofIndependent = await closenessOf(some(tables.independent), all);
  report(2 / 3);
  const ofReal = parts
    ? await closenessOf(parts[0]!, evenRows(training.scaled, parts[1]!.scaled))
    : await closenessOf(training, null);
  const measures = await measured({ synthetic: ofSynthetic, independent: ofIndependent, real: ofReal }, work);
  return {
    score: worst(measures),
    measures,
    rows: {
      synthetic: ofSynthetic.copied.length,
      training: training.scaled.rows,
      holdout: all?.holdout.rows ?? 0,
    },
    distances: histograms({
      training: ofSynthetic.holdout?.training ?? ofSynthetic.toTraining.distance,
      holdout: ofSynthetic.holdout?.holdout ?? null,
      real: parts && all ? (await nearest(parts[0]!.scaled, all.training)).distance : ofReal.toTraining.distance,
    }),
    columns: tables.real.columns.map(({ name }) => name),
    pairs: closestPairs(synthetic, training, ofSynthetic.toTraining),
  };
}

/** As many rows of training as of a holdout, so that none are closer by their number alone. */
interface Even {
  readonly training: ScaledRows;
  readonly holdout: ScaledRows;
}

function evenRows(training: ScaledRows, holdout: ScaledRows): Even {
  const rows = Math.min(training.rows, holdout.rows);
  return { training: { ...training, rows }, holdout: { ...holdout, rows } };
}

async function measured(closeness: Comparisons<Closeness>, { resamples, rng, turn }: Work): Promise<Measure[]> {
  const near = quantile(closeness.real.toTraining.distance.toSorted(), NEAR);
  const measures: Measure[] = [];
  for (const { name, title, summary, value, whole, score } of privacyMeasures) {
    const found = await ofEach(closeness, async (one) => {
      const all = value(
        one,
        drawn(one, (n) => Uint32Array.from({ length: n }, (_, k) => k)),
        near,
      );
      if (all === null) return null;
      const resampled = new Float64Array(resamples);
      for (let k = 0; k < resamples; k++) {
        resampled[k] =
          value(
            one,
            drawn(one, (n) => Uint32Array.from({ length: n }, () => rng.integer(n))),
            near,
          ) ?? all;
        await turn();
      }
      return { value: whole?.(one) ?? all, resampled };
    });
    const { synthetic, independent, real } = found;
    if (!synthetic || !independent || !real) continue;
    const figures = { synthetic, independent, real };
    const scoreOf =
      score &&
      ((one: typeof real) =>
        interval(
          score(one.value, real.value),
          one.resampled.map((value, k) => score(value, real.resampled[k]!)),
        ));
    measures.push({
      name,
      title,
      summary,
      value: mapEach(figures, ({ value, resampled }) => interval(value, resampled)),
      score: scoreOf ? mapEach(figures, scoreOf) : null,
    });
  }
  return measures;
}

function drawn({ copied, holdout }: Closeness, draw: (count: number) => Uint32Array): Drawn {
  return {
    rows: draw(copied.length),
    members: draw(holdout?.members.length ?? 0),
    others: draw(holdout?.others.length ?? 0),
  };
}

/** The worst score of each table. */
function worst(measures: readonly Measure[]): Scores {
  const scores = measures.flatMap(({ score }) => (score ? [score] : []));
  const least = (table: keyof Scores) =>
    scores.map((score) => score[table]).reduce((worse, one) => (one.value < worse.value ? one : worse));
  return { synthetic: least("synthetic"), independent: least("independent"), real: least("real") };
}

function histograms(lists: Record<"training" | "real", Float64Array> & { readonly holdout: Float64Array | null }) {
  const { training, holdout, real } = lists;
  const most = [training, holdout ?? real, real].reduce((far, list) => Math.max(far, list.reduce(larger, 0)), 0) || 1;
  const shares = (list: Float64Array) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const distance of list) counts[Math.min(BINS - 1, Math.floor((distance / most) * BINS))]!++;
    return counts.map((count) => count / list.length);
  };
  return {
    edges: Array.from({ length: BINS + 1 }, (_, k) => (most * k) / BINS),
    training: shares(training),
    holdout: holdout && shares(holdout),
    real: shares(real),
  };
}

function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function closestPairs(synthetic: SomeRows, training: SomeRows, { place, distance }: NearestRows): Privacy["pairs"] {
  const order = [...place.keys()].filter((row) => place[row]! >= 0).sort((i, j) => distance[i]! - distance[j]!);
  return order.slice(0, SHOWN_PAIRS).map((row) => ({
    distance: distance[row]!,
    synthetic: rowOf(synthetic, row),
    real: rowOf(training, place[row]!),
  }));
}

function rowOf({ table, places }: SomeRows, k: number) {
  const row = places[k]!;
  const cells = table.columns.map((column) => {
    if (column.kind === "categories") return column.categories[column.codes[row]!] ?? null;
    const value = column.values[row]!;
    return Number.isNaN(value) ? null : value;
  });
  return { row, cells };
}
