import { InputError } from "../../errors.js";
import { idxName, isIdx, parseIdx } from "./idx.js";
import { parseJsonTable } from "./json.js";
import { kindsText, taken } from "./kinds.js";
import { isNpy, parseNpy } from "./npy.js";
import { isZip, parseNpz } from "./npz.js";
import type { NumberArray } from "./numberArray.js";
import type { SourceTable } from "./sourceTable.js";
import { parseTable } from "./tableText.js";

/** What a file holds. */
export type Content =
  | { readonly kind: "table"; readonly table: SourceTable }
  | { readonly kind: "array"; readonly array: NumberArray };

export interface ContentOptions {
  /** Whether the first row of a table in text holds names; told by its cells where absent. */
  readonly header?: boolean | undefined;
  /** The array of a `.npz` file that is wanted. */
  readonly array?: string | undefined;
  /** Bytes that the numbers may take. */
  readonly mostBytes: number;
}

const FLOAT64 = 8;
const [OPENING_BRACKET, OPENING_BRACE] = [0x5b, 0x7b];

/**
 * The table or array in the bytes of a file, unpacked. `.npy`, `.npz` and IDX are told by how they begin; text is JSON where it begins with
 * a bracket, and else a table of cells. The name decides where the content does not.
 * @param name of the file, for messages
 * @throws InputError where it holds neither, and as the readers do
 */
export function parseContent(bytes: Uint8Array, name: string, options: ContentOptions): Content {
  const most = Math.floor(options.mostBytes / FLOAT64);
  const kind = kindOf(bytes, name.replace(/\.gz$/i, ""));
  switch (kind) {
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

function kindOf(bytes: Uint8Array, name: string) {
  if (isNpy(bytes) || /\.npy$/i.test(name)) return "npy";
  if (isZip(bytes)) return "npz";
  if (isIdx(bytes) || idxName.test(name)) return "idx";
  if (/\.npz$/i.test(name))
    throw new InputError(`${name} is no .npz file: it does not start as numpy.savez starts one.`);
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  const isText = /\.(csv|tsv|txt)$/i.test(name) || !/\.[^./\\]*$/.test(name);
  if (/\.(json|jsonl|ndjson)$/i.test(name)) return "json";
  if (!isText) return undefined;
  return first === OPENING_BRACKET || first === OPENING_BRACE ? "json" : "text";
}
