import {
  compile,
  mapTree,
  type Tensor,
  type TensorData,
  type Traceable,
  type Tree,
  type TreeOf,
} from "../../src/engine/index.js";

/** The values of `fn` on concrete inputs. */
export async function evaluate<Feeds extends Tree<TensorData>, Results extends Tree<Tensor>>(
  fn: Traceable<Feeds, Results>,
  feeds: Feeds,
): Promise<TreeOf<Results, TensorData>> {
  const program = await compile(fn, feeds);
  const results = await program.run(mapTree(feeds, (values: TensorData) => values));
  await program.release();
  return results;
}

/** Float values with a shape, by default of one axis. */
export function values(data: readonly number[], shape: readonly number[] = [data.length]): TensorData {
  return { shape, data: Float32Array.from(data) };
}
