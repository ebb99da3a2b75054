import { at } from "../at.js";
import type { Dimension } from "../dimension.js";
import {
  addLengths,
  isOpen,
  lengthOf,
  normaliseAxis,
  ShapeError,
  type SymbolicShape,
  sameShape,
  show,
} from "../shape.js";
import { isNode, type Node, node, type One, type Op, type Tensor } from "../tensor.js";
import { fill, fillOp, zeros } from "./source.js";

const concatOp: Op<readonly Tensor[], { axis: number }> = {
  name: "concat",
  shape(inputs, { axis }) {
    const first = at(inputs, 0).shape;
    for (const { shape } of inputs) {
      if (shape.length !== first.length || shape.some((length, i) => i !== axis && length !== first[i])) {
        throw new ShapeError("concat", `shapes ${show(first)} and ${show(shape)} do not join along axis ${axis}`);
      }
    }
    const joined = inputs.reduce((total: Dimension, { shape }) => addLengths("concat", total, at(shape, axis)), 0);
    return first.map((length, i) => (i === axis ? joined : length));
  },
  dtype: (inputs) => at(inputs, 0).dtype,
  vjp({ inputs, attributes: { axis } }, cotangent) {
    let offset = 0;
    return inputs.map(({ shape }) => {
      const start = shape.map((_, i) => (i === axis ? offset : 0));
      offset += lengthOf(shape, axis, "concat");
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
  readonly ends: SymbolicShape;
}

export const sliceOp: Op<One, Box> = {
  name: "slice",
  shape([x], { starts, ends }) {
    const fits = starts.length === x.shape.length && ends.length === x.shape.length;
    if (!fits || !x.shape.every((length, i) => isInside(at(starts, i), at(ends, i), length))) {
      throw new ShapeError("slice", `${show(starts)} to ${show(ends)} is not inside shape ${show(x.shape)}`);
    }
    return boxShape({ starts, ends });
  },
  dtype: ([x]) => x.dtype,
  vjp({ inputs: [x], attributes: { starts, ends } }, cotangent) {
    const behind = ends.map((end, i) => (isOpen(end) ? 0 : lengthOf(x.shape, i, "slice") - end));
    return [pad(cotangent, starts, behind)];
  },
  simplify: ([x], box) => (isNode(x, concatOp) ? wholePiece(x, box.starts, boxShape(box)) : undefined),
  emit({ inputs: [source], attributes: { starts, ends } }, [x], emitter) {
    const axes = source.shape.flatMap((length, i) => (starts[i] === 0 && ends[i] === length ? [] : [i]));
    return emitter.node("Slice", [
      x,
      emitter.ints(axes.map((axis) => at(starts, axis))),
      emitter.ints(axes.map((axis) => lengthOf(ends, axis, "slice"))),
      emitter.ints(axes),
    ]);
  },
};

const padOp: Op<One, { before: readonly number[]; after: readonly number[] }> = {
  name: "pad",
  shape([x], { before, after }) {
    const fits = before.length === x.shape.length && after.length === x.shape.length;
    if (!fits || [...before, ...after].some((width) => width < 0)) {
      throw new ShapeError("pad", `widths ${show(before)} and ${show(after)} do not fit shape ${show(x.shape)}`);
    }
    return x.shape.map((length, i) => addLengths("pad", length, at(before, i) + at(after, i)));
  },
  vjp({ inputs: [x], attributes: { before } }, cotangent) {
    const ends = x.shape.map((length, i) => addLengths("pad", length, at(before, i)));
    return [slice(cotangent, before, ends)];
  },
  emit: ({ attributes: { before, after } }, [x], emitter) =>
    emitter.node("Pad", [x, emitter.ints([...before, ...after])]),
};

/**
 * Tensors joined along `axis`; their other axes agree.
 * @param tensors one at least
 * @param axis along which they lie one after the other
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new ShapeError("concat", "needs at least one tensor");
  const joined = normaliseAxis("concat", axis, first.shape.length);
  return tensors.length === 1 ? first : node(concatOp, tensors, { axis: joined });
}

/**
 * The box of `x` from `starts` up to, not including, `ends`, one length an axis. An axis of open length is taken whole.
 * @param x of any shape
 * @param starts the first place along each axis
 * @param ends the place behind the last one along each axis
 */
export function slice(x: Tensor, starts: readonly number[], ends: SymbolicShape): Tensor {
  const shape = sliceOp.shape([x], { starts, ends });
  if (sameShape(shape, x.shape)) return x;
  if (isNode(x, fillOp)) return fill(shape, x.attributes.value, x.dtype);
  return node(sliceOp, [x], { starts: [...starts], ends: [...ends] });
}

/**
 * `x` with zeros around it: `before[i]` in front of and `after[i]` behind axis i.
 * @param x of any shape
 * @param before zeros in front, one number an axis
 * @param after zeros behind, one number an axis
 */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const shape = padOp.shape([x], { before, after });
  if (sameShape(shape, x.shape)) return x;
  if (isNode(x, fillOp) && x.attributes.value === 0) return zeros(shape, x.dtype);
  return node(padOp, [x], { before: [...before], after: [...after] });
}

/** Whether `start` to `end` lies inside an axis; one of open length only as a whole. */
function isInside(start: number, end: Dimension, length: Dimension): boolean {
  if (isOpen(end) || isOpen(length)) return start === 0 && end === length;
  return start >= 0 && start <= end && end <= length;
}

function boxShape({ starts, ends }: Box): SymbolicShape {
  return ends.map((end, i) => (isOpen(end) ? end : end - at(starts, i)));
}

/** The input of a concatenation that the box at `starts` covers exactly, if it is one. */
function wholePiece(
  joined: Node<readonly Tensor[], { axis: number }>,
  starts: readonly number[],
  shape: SymbolicShape,
): Tensor | undefined {
  const { axis } = joined.attributes;
  let offset: Dimension = 0;
  for (const piece of joined.inputs) {
    if (offset === starts[axis] && sameShape(piece.shape, shape)) return piece;
    offset = addLengths("concat", offset, at(piece.shape, axis));
  }
  return undefined;
}
