import type { Described } from "../../catalogue.js";
import type { Rng } from "../../random.js";
import type { ColumnFacts } from "../columnFacts.js";
import type { MadeUp } from "../madeUp.js";
import type { ColumnOf, ColumnSchema, ColumnType } from "../schema.js";

/** What was recognised: what is known of the column, and what a person should be told, as it goes on behind the column's name. */
export interface Recognised<Column extends ColumnSchema = ColumnSchema> {
  readonly column: Column;
  readonly notes: readonly string[];
}

/** How columns are recognised. */
export interface Recognition {
  /** Whether the type was chosen by the user: then nothing is asked but whether the texts can be read as it. */
  readonly chosen: boolean;
  /** Categories of a column before its rarest are pooled as one. */
  readonly mostCategories: number;
  /** What becomes of personal data and free text: made up anew, or left out. */
  readonly personal: "replace" | "omit";
}

/** What texts are made with. */
export interface Making {
  readonly rng: Rng;
  /** What seeds begin with apart from one another: new identifiers. */
  readonly seed: number;
  /** Made-up text, where a column needs it. */
  readonly madeUp: MadeUp | undefined;
  /** Which person of a row the column is about, from 0. */
  readonly person: number;
}

/** What a column's values are in a `Table`: numbers, places in its categories, or only whether they are given. */
export type Modelled = "numbers" | "categories" | "given";

/** A type of columns: how it is told by a column's texts, and how its texts become numbers and numbers texts. */
interface Definition<Column extends ColumnSchema> extends Omit<Described, "name"> {
  readonly modelled: Modelled;
  /** What is known of a column of this type, or `null` where it is of another. */
  recognise(facts: ColumnFacts, recognition: Recognition): Recognised<Column> | null;
  /** The number of a text, NaN where it is none of this column. Missing values are no business of it. */
  parse(column: Column): (text: string) => number;
  /** The text of a number; the inverse of `parse`. */
  format(column: Column, making: Making): (value: number) => string;
  /** The number that is written for a number: rounded as the column is. */
  round?(column: Column): (value: number) => number;
  /** One that looks like those of the data, where rounding alone does not: with fewer decimals as often. */
  natural?(column: Column): ((value: number) => number) | undefined;
  /** Its values in a few words, such as "whole numbers from 17 to 90". */
  describe(column: Column): string;
}

/** A type of columns as all columns are asked of. */
export interface ColumnKind extends Definition<ColumnSchema> {
  readonly name: ColumnType;
  round(column: ColumnSchema): (value: number) => number;
  natural(column: ColumnSchema): (value: number) => number;
}

/** A type of columns by its name. */
export function columnKind<T extends ColumnType>(name: T, definition: Definition<ColumnOf<T>>): ColumnKind {
  const own = (column: ColumnSchema): ColumnOf<T> => {
    if (!isOf(column, name)) throw new RangeError(`column ${column.name} is ${column.type} and not ${name}`);
    return column;
  };
  const kind: ColumnKind = {
    ...definition,
    name,
    parse: (column) => definition.parse(own(column)),
    format: (column, making) => definition.format(own(column), making),
    round: (column) => definition.round?.(own(column)) ?? ((value) => value),
    natural: (column) => definition.natural?.(own(column)) ?? kind.round(column),
    describe: (column) => definition.describe(own(column)),
  };
  return kind;
}

function isOf<T extends ColumnType>(column: ColumnSchema, type: T): column is ColumnOf<T> {
  return column.type === type;
}
