import { columnsOf, type DecodeOptions } from "../../data/codecs/index.js";
import type { DataKind } from "../../data/dataset.js";
import { inFileUnits } from "../../data/pointSets.js";
import { sizeOf } from "../../engine/index.js";
import { InputError } from "../../errors.js";
import type { SavedRun } from "../../runs/runRecord.js";

/** Samples as they are written: one a row, in the units of the data. */
export interface SampleTable {
  readonly kind: DataKind;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** `[count, ...shape]`, flat: 64-bit in the units of points and tables, 32-bit for images, which have no other than a network's. */
  readonly values: Float32Array | Float64Array;
  readonly columns: readonly {
    readonly name: string;
    /** Whether all its values are whole numbers. */
    readonly whole: boolean;
  }[];
}

/**
 * Samples of a run's generator, for a file.
 * @throws InputError where one of them is not finite
 */
export function sampleTable({ directory, data }: SavedRun, samples: Float32Array, options: DecodeOptions): SampleTable {
  const { kind, fields, codec } = data;
  const { shape } = fields.sample;
  const columns = columnsOf(codec);
  const values = inFileUnits(data, samples, options);
  if (!values.every(Number.isFinite))
    throw new InputError(
      `the generator of ${directory} makes numbers that are not finite; train it with a smaller learning rate.`,
    );
  return {
    kind,
    shape,
    values,
    columns:
      columns?.map(({ name, decimals }) => ({ name, whole: decimals === 0 && options.round !== false })) ??
      Array.from({ length: sizeOf(shape) }, (_, i) => ({ name: `x${i + 1}`, whole: false })),
  };
}
