import type { Described } from "../catalogue.js";
import type { Dataset } from "./dataset.js";
import type { LabelOptions } from "./labels.js";

/** A data set that goes by a name. Its summary is a part of a sentence. */
export interface DatasetEntry extends Described {
  /** What its samples can be labelled with, such as "mode". Default: nothing. */
  readonly labels?: string | undefined;
  /** Makes the data set, with its labels as the condition where `conditional` is true. */
  readonly open: (options?: LabelOptions) => Dataset | Promise<Dataset>;
}

/** A distribution of points, which is there at once. */
export interface SyntheticEntry extends DatasetEntry {
  /** Makes the data set, with its labels as the condition where `conditional` is true. */
  readonly open: (options?: LabelOptions) => Dataset;
}
