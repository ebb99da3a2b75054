import { compile, type Tensor, type TensorData } from "../../src/engine/index.js";

/** The values of `fn` on concrete inputs. */
export async function evaluate<I extends string, O extends string>(
  fn: (inputs: Record<I, Tensor>) => Record<O, Tensor>,
  feeds: Readonly<Record<I, TensorData>>,
): Promise<Record<O, TensorData>> {
  const program = await compile(fn, feeds);
  const results = await program.run(feeds);
  await program.release();
  return results as Record<O, TensorData>;
}

/** Float values with a shape, one axis unless told. */
export function values(data: readonly number[], shape: readonly number[] = [data.length]): TensorData {
  return { shape, data: Float32Array.from(data) };
}
