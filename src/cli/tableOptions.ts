import { Option } from "commander";
import type { ColumnType } from "../tables/schema.js";

/** What the options of a table give. */
export interface TableFlags {
  readonly schema?: string;
  readonly column?: ReadonlyMap<string, ColumnType>;
  readonly drop?: readonly string[];
  readonly key?: string;
  readonly personal: "replace" | "omit";
  readonly mostCategories?: number;
  readonly rule?: readonly string[];
  readonly together?: readonly (readonly string[])[];
}

/** How the columns of a table are taken: shared by `describe`, `train` and `judge`. */
export const tableOptions: readonly Option[] = [new Option("--schema <file>", "a schema file (default: none)")];
