import { z } from "zod";

/** How numbers are written, beside their digits. */
const numberStyle = z.strictObject({
  /** Before the number, such as "$". */
  prefix: z.string().default(""),
  /** After the number, such as "%" or " km". */
  suffix: z.string().default(""),
  /** Between groups of three digits. */
  thousands: z.enum(["", ",", ".", " ", "'"]).default(""),
  decimalMark: z.enum([".", ","]).default("."),
});

const common = {
  name: z.string(),
  /** The texts that stand for a missing value; the first is what is written. None: no value is missing. */
  missing: z.array(z.string()).default([]),
};

const range = z.tuple([z.number(), z.number()]);

/** What is known of a column of a table. Which type a column has is inferred (`inferSchema`) and can be edited. */
export const columnSchema = z.discriminatedUnion("type", [
  /** Whole numbers inside a range. */
  z.strictObject({ ...common, type: z.literal("integer"), range, style: numberStyle.optional() }),
  /** Numbers with so many digits after the point, `null` for all that a float64 has. */
  z.strictObject({
    ...common,
    type: z.literal("decimal"),
    decimals: z.int().min(0).nullable(),
    range,
    style: numberStyle.optional(),
  }),
  /** One of several texts. */
  z.strictObject({ ...common, type: z.literal("category"), categories: z.array(z.string()).min(1) }),
  /** One of two texts, the first of which means no. */
  z.strictObject({ ...common, type: z.literal("boolean"), categories: z.tuple([z.string(), z.string()]) }),
  /** A day, in days since 1970-01-01. */
  z.strictObject({ ...common, type: z.literal("date"), formats: z.array(z.string()).min(1), range }),
  /** A time of day, in seconds since midnight. */
  z.strictObject({ ...common, type: z.literal("time"), formats: z.array(z.string()).min(1), range }),
  /** A moment, in milliseconds since 1970-01-01T00:00Z. */
  z.strictObject({ ...common, type: z.literal("timestamp"), formats: z.array(z.string()).min(1), range }),
  /** The same text in every row. */
  z.strictObject({ ...common, type: z.literal("constant"), text: z.string() }),
  /** A text that no two rows share: new ones of the same form are made. */
  z.strictObject({ ...common, type: z.literal("identifier"), form: z.unknown() }),
  /** Text of which nothing is learned or copied: replaced by made-up text of its kind, or left out. */
  z.strictObject({
    ...common,
    type: z.literal("text"),
    about: z.enum(["free", "email", "phone", "name", "address", "card", "url"]),
    fill: z.enum(["replace", "omit"]),
  }),
]);

export type ColumnSchema = z.output<typeof columnSchema>;
export type ColumnType = ColumnSchema["type"];

/** What is known of a table: plain data, which a person can edit in a file and which a run keeps. */
export const tableSchema = z.strictObject({
  columns: z.array(columnSchema).min(1),
  /** Conditions that every row fulfils, such as "start <= end" or "total = price * quantity". */
  rules: z.array(z.string()).default([]),
  /** Groups of columns of which only combinations that the data has are made. */
  together: z.array(z.array(z.string()).min(2)).default([]),
});

export type TableSchema = z.output<typeof tableSchema>;
