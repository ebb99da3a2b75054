import { InputError } from "../../errors.js";
import { idxName, isIdx, parseIdx } from "./idx.js";
import { parseJsonTable } from "./json.js";
import { kindsText, taken } from "./kinds.js";
import { isNpy, parseNpy } from "./npy.js";
import { parseNpz } from "./npz.js";
import type { NumberArray } from "./numberArray.js";
import type { SourceTable } from "./sourceTable.js";
import { parseTable } from "./tableText.js";
import { isZip } from "./zip.js";

/** What a file holds. */
export type Content =
  | { readonly kind: "table"; readonly table: SourceTable }
  | { readonly kind: "array"; readonly array: NumberArray };

export interface ContentOptions {
  /** Whether the first row of a table in text holds names. Default: told by its cells. */
  readonly header?: boolean | undefined;
  /** The array of a `.npz` file that is wanted. */
  readonly array?: string | undefined;
  /** Bytes that the numbers may take. */
  readonly mostBytes: number;
}

const FLOAT64 = 8;
const SPACE = 0x20;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const LAST_ASCII = 0x7f;

/**
 * The table or array in the bytes of a file, unpacked. `.npy`, `.npz` and IDX are told by how they begin; text is JSON where it begins with
 * a bracket, and else a table of cells. The name decides where the content does not.
 * @param name of the file, for messages
 * @throws InputError where it holds neither, and as the readers do
 */
export function parseContent(bytes: Uint8Array, name: string, options: ContentOptions): Content {
  const most = Math.floor(options.mostBytes / FLOAT64);
  switch (contentKind(bytes, name)) {
    case "npy":
      return { kind: "array", array: parseNpy(bytes, name) };
    case "npz":
      return { kind: "array", array: parseNpz(bytes, name, options) };
    case "idx":
      return { kind: "array", array: parseIdx(bytes, name) };
    case "json":
      return { kind: "table", table: parseJsonTable(bytes, name, most) };
    case "text":
      return { kind: "table", table: parseTable(bytes, name, { header: options.header, most }) };
    case undefined:
      throw new InputError(`${name} is of no known kind: give ${kindsText(taken.file)}.`);
  }
}

/** The kind of a file, by how it begins and, where that leaves it open, by its name; `undefined` where it is none of these. */
export function contentKind(bytes: Uint8Array, name: string): "npy" | "npz" | "idx" | "json" | "text" | undefined {
  const ending = name.replace(/\.gz$/i, "");
  if (isNpy(bytes) || /\.npy$/i.test(ending)) return "npy";
  if (isZip(bytes) || /\.npz$/i.test(ending)) return "npz";
  if (isIdx(bytes) || idxName.test(ending)) return "idx";
  const isText = /\.(csv|tsv|txt|json|jsonl|ndjson)$/i.test(ending) || !/\.[^./\\]*$/.test(ending);
  if (!isText) return undefined;
  return isJson(bytes, name) ? "json" : "text";
}

/** Whether a text is JSON: by its name, or, where that does not say, because it begins with a bracket. */
export function isJson(bytes: Uint8Array, name: string): boolean {
  if (/\.(json|jsonl|ndjson)(\.gz)?$/i.test(name)) return true;
  const first = bytes.find((byte) => byte > SPACE && byte <= LAST_ASCII);
  return first === OPENING_BRACKET || first === OPENING_BRACE;
}
