import { type CompileOptions, compile, sizeOf, type Tensor } from "../engine/index.js";
import { inChunks } from "../game/inChunks.js";

/** What a network sees of encoded rows: `[n, width of a row]` to `[n, width]`. */
export interface RowView {
  readonly width: number;
  readonly of: (rows: Tensor) => Tensor;
}

/** A compiled function of rows, for any number of them. */
export interface RowFunction {
  /**
   * @param rows `[n, width of a row]`
   * @returns `[n, width]`
   */
  run(rows: Float32Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Rows that are computed at a time. */
const BATCH = 2048;

/** Compiles a function that sees each row by itself. */
export async function rowFunction(
  rowWidth: number,
  { width, of }: RowView,
  options: Pick<CompileOptions, "threads"> = {},
): Promise<RowFunction> {
  const shape = [BATCH, rowWidth];
  const program = await compile(({ rows }) => ({ results: of(rows) }), { rows: { shape } }, options);
  return {
    run(rows) {
      const data = new Float32Array(sizeOf(shape));
      return inChunks({ rows: rows.length / rowWidth, width, chunk: BATCH }, async (start) => {
        data.set(rows.subarray(start * rowWidth, (start + BATCH) * rowWidth));
        return (await program.run({ rows: { shape, data } })).results.data;
      });
    },
    release: () => program.release(),
  };
}
