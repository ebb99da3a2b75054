import type { Emitter } from "../onnx.js";
import { node, type Op, type Shape, ShapeError, show, type Tensor } from "../tensor.js";

/** How a kernel slides over an image: lengths and steps are [vertical, horizontal]. */
export interface Sliding {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  /** Zeros around the image, on each side. */
  readonly padding: readonly [number, number];
}

/** How many positions a kernel takes on images `[N, H, W, C]`, down and across. */
export function windowPositions([, height, width]: Shape, { kernel, stride, padding }: Sliding): [number, number] {
  const along = (length: number, axis: 0 | 1) =>
    Math.floor((length + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1;
  const count: [number, number] = [along(height!, 0), along(width!, 1)];
  if (count[0] < 1 || count[1] < 1) {
    throw new ShapeError(
      "conv2d",
      `kernels of ${show(kernel)} are larger than images of ${show([height!, width!])} with padding ${show(padding)}`,
    );
  }
  return count;
}

/** The window matrix of images (im2col): `[N, H, W, C]` to `[N, OH, OW, KH*KW*C]`. Its adjoint is `fold`. */
const windowsOp: Op<Sliding> = {
  name: "windows",
  shape: ([x], sliding) => [
    x!.shape[0]!,
    ...windowPositions(x!.shape, sliding),
    sliding.kernel[0] * sliding.kernel[1] * x!.shape[3]!,
  ],
  vjp: ({ inputs: [x], attributes }, cotangent) => [fold(cotangent, x!.shape, attributes)],
  emit({ inputs: [source], shape, attributes: sliding }, [x], emitter) {
    const tiling = tile(source!.shape, shape, sliding);
    const padded = padImage(emitter, x!, tiling.before, tiling.after);
    const tiles = emitter.reshape(padded, tiling.tiles);
    const { rows, columns } = tiling;
    const pieces = tiling.pieces.map(({ down, row, across, width }) =>
      box(emitter, tiles, [1, 2, 3, 4], [down, row, across, 0], [down + rows, row + 1, across + columns, width]),
    );
    const joined = pieces.length === 1 ? pieces[0]! : emitter.node("Concat", pieces, { axis: 4 });
    return emitter.reshape(joined, shape);
  },
};

/** Windows added back to where they were taken from (col2im): `[N, OH, OW, KH*KW*C]` to the image. Its adjoint is `windows`. */
const foldOp: Op<Sliding & { readonly image: Shape }> = {
  name: "fold",
  shape: (_, { image }) => image,
  vjp: ({ attributes: { image: _, ...sliding } }, cotangent) => [windows(cotangent, sliding)],
  emit({ inputs: [source], attributes: { image, ...sliding } }, [x], emitter) {
    const tiling = tile(image, source!.shape, sliding);
    const { rows, columns, tiles } = tiling;
    const [, tilesDown, stride, tilesAcross, tileWidth] = tiles as [number, number, number, number, number];
    const parts = emitter.reshape(x!, [source!.shape[0]!, rows, 1, columns, source!.shape[3]!]);
    let offset = 0;
    const shifted = new Map<string, string[]>();
    for (const { down, across, width } of tiling.pieces) {
      const part = box(emitter, parts, [4], [offset], [offset + width]);
      offset += width;
      const key = `${down},${across}`;
      shifted.set(key, [
        ...(shifted.get(key) ?? []),
        padded(emitter, part, [0, 0, 0, 0, 0], [0, 0, 0, 0, tileWidth - width]),
      ]);
    }
    // The rows of one tile lie side by side, so each shift of the tiles is padded and added once.
    const terms = [...shifted].map(([key, ofRows]) => {
      const [down, across] = key.split(",").map(Number) as [number, number];
      const block = ofRows.length === 1 ? ofRows[0]! : emitter.node("Concat", ofRows, { axis: 2 });
      return padded(
        emitter,
        block,
        [0, down, 0, across, 0],
        [0, tilesDown - rows - down, stride - ofRows.length, tilesAcross - columns - across, 0],
      );
    });
    const total = terms.length === 1 ? terms[0]! : emitter.node("Sum", terms);
    const [n, , , channels] = image as [number, number, number, number];
    const whole = emitter.reshape(total, [n, tilesDown * stride, (tilesAcross * tileWidth) / channels, channels]);
    return padImage(emitter, whole, negated(tiling.before), negated(tiling.after));
  },
};

/** The window under each position of a kernel: `[N, OH, OW, KH*KW*C]`, elements of a window in the order row, column, channel. */
export function windows(x: Tensor, sliding: Sliding): Tensor {
  return isPointwise(sliding) ? x : node(windowsOp, [x], sliding);
}

/** The adjoint of `windows` for images of shape `image`. */
export function fold(cols: Tensor, image: Shape, sliding: Sliding): Tensor {
  return isPointwise(sliding) ? cols : node(foldOp, [cols], { ...sliding, image: [...image] });
}

/** Whether each window is one pixel and each pixel one window. */
function isPointwise({ kernel, stride, padding }: Sliding): boolean {
  return [...kernel, ...stride].every((length) => length === 1) && [...padding].every((width) => width === 0);
}

/**
 * A padded image cut into tiles of one stride by one stride, `[N, TH, SH, TW, SW*C]`. A row of a window is then made of runs of whole
 * tiles: for kernel 4 and stride 2, sixteen strided slices of C become eight contiguous ones of 2C.
 */
interface Tiling {
  readonly tiles: Shape;
  /** Positions of the kernel. */
  readonly rows: number;
  readonly columns: number;
  /** Zeros in front of and behind height and width; negative where the image has rows that no window touches. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** The runs that a window is made of, in its order: the tile's offset, the row in the tile, and how many elements of it. */
  readonly pieces: readonly { down: number; row: number; across: number; width: number }[];
}

function tile(image: Shape, cols: Shape, { kernel, stride, padding }: Sliding): Tiling {
  const [n, height, width, channels] = image as [number, number, number, number];
  const [, rows, columns] = cols as [number, number, number];
  const tilesDown = rows - 1 + Math.ceil(kernel[0] / stride[0]);
  const tilesAcross = columns - 1 + Math.ceil(kernel[1] / stride[1]);
  const pieces = Array.from({ length: kernel[0] }, (_, i) =>
    Array.from({ length: Math.ceil(kernel[1] / stride[1]) }, (_, across) => ({
      down: Math.floor(i / stride[0]),
      row: i % stride[0],
      across,
      width: Math.min(stride[1], kernel[1] - across * stride[1]) * channels,
    })),
  ).flat();
  return {
    tiles: [n, tilesDown, stride[0], tilesAcross, stride[1] * channels],
    rows,
    columns,
    before: padding,
    after: [tilesDown * stride[0] - height - padding[0], tilesAcross * stride[1] - width - padding[1]],
    pieces,
  };
}

function padImage(
  emitter: Emitter,
  x: string,
  before: readonly [number, number],
  after: readonly [number, number],
): string {
  return padded(emitter, x, [0, ...before, 0], [0, ...after, 0]);
}

function padded(emitter: Emitter, x: string, before: readonly number[], after: readonly number[]): string {
  if ([...before, ...after].every((width) => width === 0)) return x;
  return emitter.node("Pad", [x, emitter.ints([...before, ...after])]);
}

function box(
  emitter: Emitter,
  x: string,
  axes: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
): string {
  return emitter.node("Slice", [x, emitter.ints(starts), emitter.ints(ends), emitter.ints(axes)]);
}

function negated([vertical, horizontal]: readonly [number, number]): [number, number] {
  return [-vertical, -horizontal];
}
