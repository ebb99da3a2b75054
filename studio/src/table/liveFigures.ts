import { marginalsOf } from "../../../src/figures/marginals.js";
import { alignTables } from "../../../src/judge/alignTables.js";
import { comparePairs } from "../../../src/judge/columnPairs.js";
import { fewerRows, type Work } from "../../../src/judge/intervals.js";
import { judgePrivacy } from "../../../src/judge/privacy.js";
import { quickFigures } from "../../../src/judge/quickFigures.js";
import { independentColumns } from "../../../src/judge/yardsticks.js";
import { turns } from "../../../src/parallel/turns.js";
import { createRng, type Rng } from "../../../src/random.js";
import type { TableSchema } from "../../../src/tables/schema.js";
import type { Column, Table } from "../../../src/tables/table.js";
import { kindOf } from "../../../src/tables/types/catalogue.js";
import type { PartedTable } from "./makeTable.js";
import type { LiveFigures, LivePrivacy, PairPoints, Quality } from "./protocol.js";

/** Rows of the real table that pictures are drawn of, at most. */
const DRAWN_ROWS = 10_000;
/** Columns of the matrices of associations at most: the first ones. */
const MOST_COLUMNS = 16;
/** Rows that a pair of columns is drawn of. */
const POINTS = 400;
/** Rows that closeness is measured with, as `judge` takes them. */
const PRIVACY_ROWS = 1200;
const LEAST_ROWS = 20;
/** Rows of each table that shape, trend and detection are of, at most. */
const COMPARED_ROWS = 1000;

/** The real rows that a generator is compared with. */
export interface RealRows extends PartedTable {
  readonly schema: TableSchema;
}

/** Figures of rows of a generator after an iteration; `null`: as they are made once it is trained. */
export type FiguresOf = (rows: Table, iteration: number | null) => Promise<LiveFigures>;

/** Prepares the figures of a generator's rows, evaluation by evaluation. */
export async function liveFigures({ schema, training, heldOut }: RealRows): Promise<FiguresOf> {
  const drawn = fewerRows(training, DRAWN_ROWS, createRng(0));
  const unseen = fewerRows(heldOut ?? training, COMPARED_ROWS, createRng(3));
  /** As many rows as are compared with. */
  const compared = (rows: Table) => fewerRows(rows, unseen.rows, createRng(4));
  const ofReal = heldOut ? await qualityOf(unseen, compared(training)) : null;
  return async (rows, iteration) => {
    const { real, synthetic } = alignTables(drawn, rows, undefined);
    const marginals = marginalsOf(real, synthetic);
    return {
      iteration,
      marginals,
      ends: endsOf(marginals, schema),
      associations: associationsOf(real, synthetic),
      points: pointsOf(real, synthetic, createRng(1)),
      heldOut: heldOut ? unseen.rows : null,
      quality: await qualityOf(unseen, compared(rows)),
      ofReal,
      privacy: await privacyOf({ training, heldOut }, rows),
    };
  };
}

async function qualityOf(real: Table, rows: Table): Promise<Quality> {
  const { shape, trend, detection } = await quickFigures(real, rows);
  // Detection is 1 - max(0, 2 AUC - 1).
  return { shape, trend, auc: detection === null ? null : 1 - detection / 2 };
}

/** The ends of histograms as their columns are written. */
function endsOf(marginals: LiveFigures["marginals"], { columns }: TableSchema): LiveFigures["ends"] {
  return Object.fromEntries(
    marginals.flatMap((marginal) => {
      const column = columns.find(({ name }) => name === marginal.name);
      if (!column || marginal.kind === "categories" || !marginal.histogram) return [];
      const kind = kindOf(column);
      const round = kind.round(column);
      const write = kind.format(column, { rng: createRng(0), seed: 0, madeUp: undefined, person: 0 });
      const { edges } = marginal.histogram;
      const ends = [edges[0]!, edges.at(-1)!].map((edge) => write(round(edge))) as [string, string];
      return [[marginal.name, ends]];
    }),
  );
}

function associationsOf(real: Table, synthetic: Table): LiveFigures["associations"] {
  const columns = real.columns.slice(0, MOST_COLUMNS);
  const compare = comparePairs({ real, other: synthetic });
  const matrix = () => columns.map(() => new Array<number | null>(columns.length).fill(1));
  const [ofReal, ofSynthetic] = [matrix(), matrix()];
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j < i; j++) {
      const found = compare(i, j);
      ofReal[i]![j] = ofReal[j]![i] = found.real;
      ofSynthetic[i]![j] = ofSynthetic[j]![i] = found.other;
    }
  return { columns: columns.map(({ name }) => name), real: ofReal, synthetic: ofSynthetic };
}

function pointsOf(real: Table, synthetic: Table, rng: Rng): PairPoints {
  const [some, others] = [fewerRows(real, POINTS, rng), fewerRows(synthetic, POINTS, rng)];
  return {
    columns: real.columns.map((column) => ({
      name: column.name,
      categories: column.kind === "categories" ? column.categories : null,
    })),
    real: some.columns.map(coordinates),
    synthetic: others.columns.map(coordinates),
  };
}

function coordinates(column: Column): Float32Array {
  return column.kind === "numbers"
    ? Float32Array.from(column.values)
    : Float32Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
}

async function privacyOf({ training, heldOut }: PartedTable, rows: Table): Promise<LivePrivacy | null> {
  const holdout = heldOut && heldOut.rows >= LEAST_ROWS ? heldOut : undefined;
  if (Math.min(training.rows, rows.rows) < LEAST_ROWS) return null;
  const rng = createRng(2);
  const aligned = alignTables(training, rows, holdout);
  const real = fewerRows(aligned.real, DRAWN_ROWS, rng);
  const work: Work = { resamples: 0, rng, turn: turns(), report: () => {} };
  const independent = fewerRows(independentColumns(real, rng), rows.rows, rng);
  const { measures } = await judgePrivacy({ ...aligned, real, independent }, PRIVACY_ROWS, work);
  const of = (name: string) => measures.find((measure) => measure.name === name)?.value;
  return {
    copies: of("copies")?.synthetic.value ?? 0,
    realCopies: of("copies")?.real.value ?? 0,
    closerToTraining: of("closerToTraining")?.synthetic.value ?? null,
  };
}
