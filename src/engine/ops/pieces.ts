import {
  isNode,
  type Node,
  node,
  normaliseAxis,
  type Op,
  type Shape,
  ShapeError,
  sameShape,
  show,
  type Tensor,
} from "../tensor.js";
import { fill, fillOp, zeros } from "./source.js";

const concatOp: Op<{ axis: number }> = {
  name: "concat",
  shape(inputs, { axis }) {
    const first = inputs[0]!.shape;
    for (const { shape } of inputs) {
      if (shape.length !== first.length || shape.some((length, i) => i !== axis && length !== first[i])) {
        throw new ShapeError("concat", `shapes ${show(first)} and ${show(shape)} do not join along axis ${axis}`);
      }
    }
    return first.map((length, i) =>
      i === axis ? inputs.reduce((total, { shape }) => total + shape[axis]!, 0) : length,
    );
  },
  dtype: ([x]) => x!.dtype,
  vjp({ inputs, attributes: { axis } }, cotangent) {
    let offset = 0;
    return inputs.map(({ shape }) => {
      const start = shape.map((_, i) => (i === axis ? offset : 0));
      offset += shape[axis]!;
      return slice(
        cotangent,
        start,
        shape.map((length, i) => (i === axis ? offset : length)),
      );
    });
  },
  emit: ({ attributes }, inputs, emitter) => emitter.node("Concat", inputs, { axis: attributes.axis }),
};

interface Box {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const sliceOp: Op<Box> = {
  name: "slice",
  shape([x], { starts, ends }) {
    const fits = starts.length === x!.shape.length && ends.length === x!.shape.length;
    if (!fits || x!.shape.some((length, i) => starts[i]! < 0 || starts[i]! > ends[i]! || ends[i]! > length)) {
      throw new ShapeError("slice", `${show(starts)} to ${show(ends)} is not inside shape ${show(x!.shape)}`);
    }
    return starts.map((start, i) => ends[i]! - start);
  },
  dtype: ([x]) => x!.dtype,
  vjp({ inputs: [x], attributes: { starts, ends } }, cotangent) {
    return [
      pad(
        cotangent,
        starts,
        x!.shape.map((length, i) => length - ends[i]!),
      ),
    ];
  },
  simplify: ([x], { starts, ends }) =>
    isNode(x!, concatOp)
      ? wholePiece(
          x,
          starts,
          starts.map((start, i) => ends[i]! - start),
        )
      : undefined,
  emit({ inputs: [source], attributes: { starts, ends } }, [x], emitter) {
    const axes = source!.shape.flatMap((length, i) => (starts[i] === 0 && ends[i] === length ? [] : [i]));
    const along = (values: readonly number[]) => emitter.ints(axes.map((axis) => values[axis]!));
    return emitter.node("Slice", [x!, along(starts), along(ends), emitter.ints(axes)]);
  },
};

const padOp: Op<{ before: readonly number[]; after: readonly number[] }> = {
  name: "pad",
  shape([x], { before, after }) {
    const fits = before.length === x!.shape.length && after.length === x!.shape.length;
    if (!fits || [...before, ...after].some((width) => width < 0)) {
      throw new ShapeError("pad", `widths ${show(before)} and ${show(after)} do not fit shape ${show(x!.shape)}`);
    }
    return x!.shape.map((length, i) => before[i]! + length + after[i]!);
  },
  vjp({ inputs: [x], attributes: { before } }, cotangent) {
    return [
      slice(
        cotangent,
        before,
        x!.shape.map((length, i) => before[i]! + length),
      ),
    ];
  },
  emit: ({ attributes: { before, after } }, [x], emitter) =>
    emitter.node("Pad", [x!, emitter.ints([...before, ...after])]),
};

/** Tensors joined along `axis`; their other axes agree. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new ShapeError("concat", "needs at least one tensor");
  const joined = normaliseAxis("concat", axis, first.shape.length);
  return tensors.length === 1 ? first : node(concatOp, tensors, { axis: joined });
}

/** The box of `x` from `starts` up to, not including, `ends`, one number an axis. */
export function slice(x: Tensor, starts: readonly number[], ends: readonly number[]): Tensor {
  const shape = sliceOp.shape([x], { starts, ends });
  if (sameShape(shape, x.shape)) return x;
  if (isNode(x, fillOp)) return fill(shape, x.attributes.value);
  return node(sliceOp, [x], { starts: [...starts], ends: [...ends] });
}

/** `x` with zeros around it: `before[i]` in front of and `after[i]` behind axis i. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const shape: Shape = padOp.shape([x], { before, after });
  if (sameShape(shape, x.shape)) return x;
  if (isNode(x, fillOp) && x.attributes.value === 0) return zeros(shape);
  return node(padOp, [x], { before: [...before], after: [...after] });
}

/** The input of a concatenation that the box at `starts` covers exactly, if it is one. */
function wholePiece(joined: Node<{ axis: number }>, starts: readonly number[], shape: Shape): Tensor | undefined {
  const { axis } = joined.attributes;
  let offset = 0;
  for (const piece of joined.inputs) {
    if (offset === starts[axis] && sameShape(piece.shape, shape)) return piece;
    offset += piece.shape[axis]!;
  }
  return undefined;
}
