import { concat, reshape, type Shape, sizeOf, slice, type Tensor, type TensorData } from "../engine/index.js";

/** Where each named tensor lies in a flat vector. */
export type Layout = readonly { readonly name: string; readonly shape: Shape; readonly offset: number }[];

/**
 * The layout of tensors in one vector. A network's parameters and each optimizer slot are one vector each, because an optimizer's
 * update is then a handful of operations whatever the number of layers.
 */
export function layoutOf(tensors: Readonly<Record<string, TensorData>>): Layout {
  let offset = 0;
  return Object.entries(tensors).map(([name, { shape }]) => {
    const place = { name, shape, offset };
    offset += sizeOf(shape);
    return place;
  });
}

/** How many numbers a layout holds. */
export function layoutSize(layout: Layout): number {
  return layout.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

/** The named tensors in a flat vector. */
export function unflatten(vector: Tensor, layout: Layout): Record<string, Tensor> {
  return Object.fromEntries(
    layout.map(({ name, shape, offset }) => [name, reshape(slice(vector, [offset], [offset + sizeOf(shape)]), shape)]),
  );
}

/** Named tensors as one flat vector, in the layout's order. */
export function flatten(tensors: Readonly<Record<string, Tensor>>, layout: Layout): Tensor {
  return concat(
    layout.map(({ name }) => reshape(tensors[name]!, [-1])),
    0,
  );
}

/** Concrete named tensors as one flat vector. */
export function flattenData(tensors: Readonly<Record<string, TensorData>>, layout: Layout): TensorData {
  const data = new Float32Array(layoutSize(layout));
  for (const { name, offset } of layout) data.set(tensors[name]!.data, offset);
  return { shape: [data.length], data };
}

/** The concrete named tensors in a flat vector. */
export function unflattenData({ data }: TensorData, layout: Layout): Record<string, TensorData> {
  return Object.fromEntries(
    layout.map(({ name, shape, offset }) => [name, { shape, data: data.slice(offset, offset + sizeOf(shape)) }]),
  );
}
