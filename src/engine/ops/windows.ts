import type { Emitter } from "../onnx.js";
import { type Shape, ShapeError, show } from "../tensor.js";

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
    const problem = `kernels of ${show(kernel)} are larger than images of ${show([height!, width!])} with padding`;
    throw new ShapeError("conv2d", `${problem} ${show(padding)}`);
  }
  return count;
}

/**
 * Emits the window matrix (im2col) of images `[N, H, W, C]`: a row a position of the kernel, `[N*OH*OW, KH*KW*C]`, the elements of a
 * window in the order row, column, channel.
 */
export function emitWindows(emitter: Emitter, x: string, image: Shape, sliding: Sliding): string {
  const tiling = tile(image, sliding);
  const { rows, columns } = tiling;
  const [n, , , channels] = image as [number, number, number, number];
  const elements = sliding.kernel[0] * sliding.kernel[1] * channels;
  const matrix = [n * rows * columns, elements];
  if (isPointwise(sliding)) return emitter.reshape(x, matrix);
  const tiles = emitter.reshape(padImage(emitter, x, tiling.before, tiling.after), tiling.tiles);
  const pieces = tiling.pieces.map(({ down, row, across, width }) =>
    box(emitter, tiles, [1, 2, 3, 4], [down, row, across, 0], [down + rows, row + 1, across + columns, width]),
  );
  return emitter.reshape(pieces.length === 1 ? pieces[0]! : emitter.node("Concat", pieces, { axis: 4 }), matrix);
}

/** Emits the adjoint of `emitWindows` (col2im): each row of a window matrix added back to where its window lies in the images. */
export function emitFold(emitter: Emitter, cols: string, image: Shape, sliding: Sliding): string {
  if (isPointwise(sliding)) return emitter.reshape(cols, image);
  const tiling = tile(image, sliding);
  const { rows, columns, tiles } = tiling;
  const [n, tilesDown, stride, tilesAcross, tileWidth] = tiles as [number, number, number, number, number];
  const [, , , channels] = image as [number, number, number, number];
  const parts = emitter.reshape(cols, [n, rows, 1, columns, sliding.kernel[0] * sliding.kernel[1] * channels]);
  let offset = 0;
  const shifted = new Map<string, string[]>();
  for (const { down, across, width } of tiling.pieces) {
    const part = box(emitter, parts, [4], [offset], [offset + width]);
    offset += width;
    const key = `${down},${across}`;
    const whole = padded(emitter, part, [0, 0, 0, 0, 0], [0, 0, 0, 0, tileWidth - width]);
    shifted.set(key, [...(shifted.get(key) ?? []), whole]);
  }
  // The rows of one tile lie side by side, so each shift of the tiles is padded and added once.
  const terms = [...shifted].map(([key, ofRows]) => {
    const [down, across] = key.split(",").map(Number) as [number, number];
    const block = ofRows.length === 1 ? ofRows[0]! : emitter.node("Concat", ofRows, { axis: 2 });
    const after = [0, tilesDown - rows - down, stride - ofRows.length, tilesAcross - columns - across, 0];
    return padded(emitter, block, [0, down, 0, across, 0], after);
  });
  const total = terms.length === 1 ? terms[0]! : emitter.node("Sum", terms);
  return cropToImage(emitter, total, image, tiling);
}

/** Emits images from tiles `[N, TH, SH, TW, SW*C]`: the padding around them is cut off. */
export function cropToImage(
  emitter: Emitter,
  tiles: string,
  image: Shape,
  { tiles: shape, before, after }: Tiling,
): string {
  const [n, tilesDown, stride, tilesAcross, tileWidth] = shape as [number, number, number, number, number];
  const channels = image[3]!;
  const whole = emitter.reshape(tiles, [n, tilesDown * stride, (tilesAcross * tileWidth) / channels, channels]);
  return padImage(emitter, whole, [-before[0], -before[1]], [-after[0], -after[1]]);
}

/** Whether each window is one pixel and each pixel one window. */
function isPointwise({ kernel, stride, padding }: Sliding): boolean {
  return [...kernel, ...stride].every((length) => length === 1) && padding.every((width) => width === 0);
}

/**
 * A padded image cut into tiles of one stride by one stride, `[N, TH, SH, TW, SW*C]`. A row of a window is then made of runs of whole
 * tiles: for kernel 4 and stride 2, sixteen strided slices of C become eight contiguous ones of 2C.
 */
export interface Tiling {
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

/** How a sliding kernel cuts images `[N, H, W, C]` into tiles. */
export function tile(image: Shape, sliding: Sliding): Tiling {
  const { kernel, stride, padding } = sliding;
  const [n, height, width, channels] = image as [number, number, number, number];
  const [rows, columns] = windowPositions(image, sliding);
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
