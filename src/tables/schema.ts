import { z } from "zod";

/** How numbers are written, beside their digits. */
const numberStyle = z.strictObject({
  /** Before the number, such as "$". */
  prefix: z.string().default(""),
  /** After the number, such as "%" or " km". */
  suffix: z.string().default(""),
  /** Between groups of three digits. */
  thousands: z.enum(["", ",", ".", " ", "'", "\u00a0", "\u202f"]).default(""),
  decimalMark: z.enum([".", ","]).default("."),
  /** Digits after the decimal mark that are written even where they are zeros. */
  leastDecimals: z.int().min(0).default(0),
  /** Whether numbers above zero begin with "+". */
  plus: z.boolean().default(false),
});

export type NumberStyle = z.output<typeof numberStyle>;

/** One way in which a column writes days or times, by the letters of Unicode's date patterns (TR35), such as "d/M/yyyy" or "h:mm a". */
const momentFormat = z.strictObject({
  pattern: z.string(),
  /** How often it is written, beside the column's other formats. */
  weight: z.number().positive().default(1),
  /** Minutes that its clock is ahead of UTC. */
  offset: z.number().default(0),
  /** How names of months and days are written where not as "Sep". */
  letters: z.enum(["upper", "lower"]).optional(),
});

export type MomentFormat = z.output<typeof momentFormat>;

const formats = z.array(momentFormat).min(1);

/** A pattern of texts, and how often such texts occur. */
const weighted = z.strictObject({ pattern: z.string().min(1), weight: z.number().positive().default(1) });

export type Weighted = z.output<typeof weighted>;

/** How new identifiers are made that are like those of the data and none of them. */
const identifierForm = z.discriminatedUnion("kind", [
  /** Numbers that are counted on from `next`, zeros before them up to `width` digits. */
  z.strictObject({
    kind: z.literal("sequence"),
    prefix: z.string().default(""),
    suffix: z.string().default(""),
    width: z.int().min(1).default(1),
    next: z.int(),
    step: z.int().min(1).default(1),
  }),
  /** Texts of the same patterns: the characters that can stand at each place, such as "CUST-[0-9]{5}". */
  z.strictObject({
    kind: z.literal("patterns"),
    patterns: z.array(weighted).min(1),
    /** The data's identifiers as a Bloom filter in base64; without it there are so many others that a copy does not happen. */
    known: z.string().optional(),
  }),
]);

export type IdentifierForm = z.output<typeof identifierForm>;

const common = {
  name: z.string(),
  /** The texts that stand for a missing value; the first is what is written. None: no value is missing. */
  missing: z.array(z.string()).default([]),
};

const range = z.tuple([z.number(), z.number()]);

/** What is known of a column of a table. Which type a column has is inferred (`inferSchema`) and can be edited. */
export const columnSchema = z.discriminatedUnion("type", [
  /** Whole numbers inside a range. */
  z.strictObject({
    ...common,
    type: z.literal("integer"),
    range,
    /** All values are multiples of it. */
    step: z.int().min(1).default(1),
    style: numberStyle.optional(),
  }),
  /** Numbers with so many digits after the point, `null` for all that a float64 has. */
  z.strictObject({
    ...common,
    type: z.literal("decimal"),
    decimals: z.int().min(0).nullable(),
    /** How often values need 0, 1, 2 ... decimals, up to all of them; without it as often as chance has it. */
    decimalShares: z.array(z.number().min(0)).optional(),
    range,
    style: numberStyle.optional(),
  }),
  /** One of several texts. */
  z.strictObject({
    ...common,
    type: z.literal("category"),
    categories: z.array(z.string()).min(1),
    /** The texts that the last category stands for, and how often each occurs. */
    pooled: z
      .strictObject({ texts: z.array(z.string()).min(1), counts: z.array(z.number().positive()).min(1) })
      .optional(),
  }),
  /** One of two texts, the first of which means no. */
  z.strictObject({ ...common, type: z.literal("boolean"), categories: z.tuple([z.string(), z.string()]) }),
  /** A day, in days since 1970-01-01. */
  z.strictObject({
    ...common,
    type: z.literal("date"),
    formats,
    range,
    /** Whether all days are the first of their month or year. */
    step: z.enum(["day", "month", "year"]).default("day"),
  }),
  /** A time of day, in seconds since midnight. */
  z.strictObject({
    ...common,
    type: z.literal("time"),
    formats,
    range,
    /** All times are multiples of it, in seconds. */
    step: z.number().positive().default(1),
  }),
  /** A moment, in milliseconds since 1970-01-01T00:00Z. */
  z.strictObject({
    ...common,
    type: z.literal("timestamp"),
    formats,
    range,
    /** All moments are multiples of it, in milliseconds. */
    step: z.number().positive().default(1),
  }),
  /** The same text in every row. */
  z.strictObject({ ...common, type: z.literal("constant"), text: z.string() }),
  /** A text that no two rows share: new ones of the same form are made. */
  z.strictObject({ ...common, type: z.literal("identifier"), form: identifierForm }),
  /** Text of which nothing is learned or copied: replaced by made-up text of its kind, or left out. */
  z.strictObject({
    ...common,
    type: z.literal("text"),
    about: z.enum(["free", "label", "email", "phone", "name", "firstName", "lastName", "address", "card", "url"]),
    fill: z.enum(["replace", "omit"]),
    /** How telephone and card numbers, and labels, are written. */
    form: identifierForm.optional(),
    /** How names are written, such as "Last, First I."; without it as "First Last". */
    names: z.array(weighted).min(1).optional(),
    /** From and to how many words free text has. */
    words: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
  }),
]);

export type ColumnSchema = z.output<typeof columnSchema>;
export type ColumnType = ColumnSchema["type"];
/** What is known of a column of one type. */
export type ColumnOf<T extends ColumnType> = Extract<ColumnSchema, { type: T }>;

/** What is known of a table: plain data, which a person can edit in a file and which a run keeps. */
export const tableSchema = z.strictObject({
  columns: z.array(columnSchema).min(1),
  /** Conditions that every row fulfils, such as "start <= end" or "total = price * quantity". */
  rules: z.array(z.string()).default([]),
  /** Groups of columns of which only combinations that the data has are made. */
  together: z.array(z.array(z.string()).min(2)).default([]),
});

/** What every column of a table is, as plain data: what `monge describe -o` writes and `--schema` reads. */
export type TableSchema = z.output<typeof tableSchema>;
