import { drawDistinct } from "../data/drawDistinct.js";
import type { Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import { copiedRows } from "./copies.js";
import { interval, percentile, type Work } from "./intervals.js";
import { type NearestRows, nearestRows } from "./nearestRows.js";
import { type Closeness, type Drawn, privacyMeasures } from "./privacyMeasures.js";
import type { Privacy, Scores } from "./results.js";
import { rowScaler, type ScaledRows } from "./scaledRows.js";
import { type Comparisons, halves, mapEach, ofEach } from "./yardsticks.js";

/** Rows whose closest ones are looked for, as a share of those that they are looked for among at most. */
const ASKING = 1 / 4;
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
  const { rng, turn } = work;
  const scale = rowScaler(tables.real, "range");
  const some = (table: Table, rows = mostRows): SomeRows => {
    const places = drawDistinct(rng, table.rows, Math.min(rows, table.rows));
    return { table, places, scaled: scale(takeRows(table, places)) };
  };
  const parts = tables.holdout && halves(tables.holdout, rng);
  const size = Math.min(mostRows, tables.real.rows, parts?.[0].rows ?? mostRows);
  const training = some(tables.real, size);
  const held = parts ? some(parts[0], size) : null;
  const asking = Math.ceil(ASKING * mostRows);

  async function closenessOf({ table, places, scaled }: SomeRows): Promise<Closeness> {
    const copied = copiedRows(table, tables.real);
    const nearest = (among: ScaledRows) => nearestRows(scaled, among, { rows: Math.min(asking, scaled.rows), turn });
    const attack = async (of: ScaledRows) =>
      (await nearestRows(of, scaled, { rows: Math.min(asking, size), turn })).distance;
    return {
      copies: copied.reduce((sum, one) => sum + one, 0) / table.rows,
      copied: Uint8Array.from(places.subarray(0, asking), (place) => copied[place]!),
      toTraining: await nearest(training.scaled),
      holdout: held && {
        closest: await nearest(held.scaled),
        attacked: Float64Array.of(...(await attack(training.scaled)), ...(await attack(held.scaled))),
      },
    };
  }

  const synthetic = some(tables.synthetic);
  const closeness = {
    synthetic: await closenessOf(synthetic),
    independent: await closenessOf(some(tables.independent)),
    real: await closenessOf(parts ? some(parts[1]) : training),
  };
  const measures = await measured(closeness, work);
  return {
    score: worst(measures),
    measures,
    rows: { synthetic: closeness.synthetic.copied.length, training: size, holdout: held ? size : 0 },
    distances: histograms(closeness),
    columns: tables.real.columns.map(({ name }) => name),
    pairs: closestPairs(synthetic, training, closeness.synthetic.toTraining),
  };
}

async function measured(closeness: Comparisons<Closeness>, { resamples, rng, turn }: Work): Promise<Measure[]> {
  const near = percentile(closeness.real.toTraining.distance.toSorted(), NEAR);
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
  return { rows: draw(copied.length), attacked: draw(holdout?.attacked.length ?? 0) };
}

/** The worst score of each table. */
function worst(measures: readonly Measure[]): Scores {
  const scores = measures.flatMap(({ score }) => (score ? [score] : []));
  const least = (table: keyof Scores) =>
    scores.map((score) => score[table]).reduce((worse, one) => (one.value < worse.value ? one : worse));
  return { synthetic: least("synthetic"), independent: least("independent"), real: least("real") };
}

function histograms({ synthetic, real }: Comparisons<Closeness>): Privacy["distances"] {
  const lists = [
    synthetic.toTraining.distance,
    synthetic.holdout?.closest.distance ?? new Float64Array(0),
    real.toTraining.distance,
  ];
  const most = lists.reduce((most, list) => list.reduce((far, distance) => Math.max(far, distance), most), 0) || 1;
  const [training, holdout, others] = lists.map((list) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const distance of list) counts[Math.min(BINS - 1, Math.floor((distance / most) * BINS))]!++;
    return counts.map((count) => count / list.length);
  });
  return {
    edges: Array.from({ length: BINS + 1 }, (_, k) => (most * k) / BINS),
    training: training!,
    holdout: synthetic.holdout ? holdout! : null,
    real: others!,
  };
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
