import type { Marginal } from "../../../src/figures/marginals.js";
import type { ColumnType } from "../../../src/tables/schema.js";

/** What the reader decides of the columns, by their names. */
export interface ColumnChoices {
  readonly types: Readonly<Record<string, ColumnType>>;
  readonly drop: readonly string[];
}

/** A column of the file, and what it was taken for. */
export interface ColumnFacts {
  readonly name: string;
  /** `null` where it is left out. */
  readonly type: ColumnType | null;
  /** Its values in a few words of English, such as "whole numbers from 17 to 90"; "" where it is left out. */
  readonly holds: string;
  /** A few of its different cells. */
  readonly examples: readonly string[];
  /** Different cells, and cells that stand for a missing value. */
  readonly distinct: number;
  readonly missing: number;
  /** Whether its texts let persons be recognised: they are made up anew. */
  readonly isPersonal: boolean;
}

/** A table as it is to be learned. */
export interface TableFacts {
  readonly name: string;
  readonly rows: number;
  /** Rows that the file has: more than `rows` where a random sample of them was taken. */
  readonly rowsInFile: number;
  readonly columns: readonly ColumnFacts[];
  /** What the reader should know of it, in sentences of English. */
  readonly warnings: readonly string[];
  /** Bytes that a training takes, about. */
  readonly memory: number;
}

/** What the worker is at, beside training itself. */
export type Doing = "prior" | "timing" | "training" | "calibrating" | "classifier" | "judging" | "sampling";

export interface Progress {
  readonly doing: Doing;
  readonly done: number;
  readonly of: number;
}

/** Two columns of numbers, or of the places of categories, of some rows of each table. */
export interface PairPoints {
  readonly columns: readonly PairColumn[];
  /** Of each column `[rows]`; NaN where a value is missing. */
  readonly real: readonly Float32Array[];
  readonly synthetic: readonly Float32Array[];
}

export interface PairColumn {
  readonly name: string;
  /** What places stand for; `null` of a column of numbers. */
  readonly categories: readonly string[] | null;
}

/** How strongly columns go together, from -1 to 1; `null` where one is constant. */
export type Associations = readonly (readonly (number | null)[])[];

/** What is told of the generator's rows while it trains. */
export interface LiveFigures {
  /** `null` of rows as they are made once the training has ended. */
  readonly iteration: number | null;
  readonly marginals: readonly Marginal[];
  /** The ends of the histograms as the column is written, by the column's name. */
  readonly ends: Readonly<Record<string, readonly [string, string]>>;
  readonly associations: {
    readonly columns: readonly string[];
    readonly real: Associations;
    readonly synthetic: Associations;
  };
  readonly points: PairPoints;
  /** Real rows that training does not see: `quality` compares with them, or with rows of training where none are held out. */
  readonly heldOut: number | null;
  readonly quality: Quality;
  /** The same of real rows instead of synthetic ones: what is to be expected at best; `null` without rows held out. */
  readonly ofReal: Quality | null;
  readonly privacy: LivePrivacy | null;
}

/** How alike rows are to real ones that were held out. */
export interface Quality {
  /** Scores from 0 to 1, 1 the best; `null` of a table of one column. */
  readonly shape: number;
  readonly trend: number | null;
  /** Area under the ROC curve of a few trees that tell both apart, from 0.5; `null` below 30 rows. */
  readonly auc: number | null;
}

export interface LivePrivacy {
  /** Share of the rows that equal a real one, and how often real rows do that among themselves. */
  readonly copies: number;
  readonly realCopies: number;
  /** Share of the rows that lie closer to a row of training than to one that was held out, about a half where nothing is remembered; `null` without rows held out. */
  readonly closerToTraining: number | null;
}

/** What is done in turn, and answered. */
export type TableRequest =
  | { readonly type: "open"; readonly request: number; readonly file: Blob; readonly name: string }
  | { readonly type: "choose"; readonly request: number; readonly choices: ColumnChoices }
  | { readonly type: "train"; readonly request: number; readonly seconds: number; readonly seed: number }
  /** Whether rows can be made under conditions. */
  | { readonly type: "check"; readonly request: number; readonly where: readonly string[] }
  | { readonly type: "sample"; readonly request: number; readonly asked: RowsAsked }
  | { readonly type: "model"; readonly request: number; readonly folder: string }
  | { readonly type: "report"; readonly request: number };

/** What a training is told while it goes on. */
export type TableNudge = { readonly type: "pause" | "goOn" | "stop" };

export type TableCommand = TableRequest | TableNudge;

export interface RowsAsked {
  readonly count: number;
  readonly seed: number;
  /** Conditions as `--where` takes them. */
  readonly where: readonly string[];
}

export interface MadeRows {
  readonly columns: readonly string[];
  /** The first ones. */
  readonly preview: readonly (readonly string[])[];
  readonly count: number;
  readonly csv: Blob;
  /** In sentences of English. */
  readonly warnings: readonly string[];
}

/** How a training ended. */
export interface Trained {
  readonly iterations: number;
  /** Of the generator that makes the rows. */
  readonly best: number;
  /** Without pauses. */
  readonly seconds: number;
  /** Whether the time was too short for what goes before and after the iterations. */
  readonly isTooShort: boolean;
}

export type TableAnswer =
  /** All that the worker needs is there: from now on nothing is fetched. */
  | { readonly type: "ready"; readonly threads: number }
  | { readonly type: "progress"; readonly progress: Progress | null }
  | { readonly type: "figures"; readonly figures: LiveFigures }
  | { readonly type: "opened"; readonly request: number; readonly table: TableFacts }
  | { readonly type: "trained"; readonly request: number; readonly trained: Trained }
  | { readonly type: "checked"; readonly request: number }
  | { readonly type: "rows"; readonly request: number; readonly rows: MadeRows }
  | { readonly type: "file"; readonly request: number; readonly file: Blob }
  /** What went wrong, in English; `request` is `null` where nothing had been asked. */
  | { readonly type: "error"; readonly request: number | null; readonly message: string };
