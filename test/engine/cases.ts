import { readFileSync } from "node:fs";
import * as engine from "../../src/engine/index.js";
import {
  compile,
  type Device,
  type FloatType,
  gradients,
  type InputSpec,
  mul,
  sum,
  type Tensor,
  type TensorData,
} from "../../src/engine/index.js";
import type { Values } from "../allclose.js";

/** One operation on given inputs, differentiated twice by PyTorch in float64; test/fixtures/README.md has the formulas. */
export interface Case {
  readonly op: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Values[];
  readonly r: Values;
  readonly s: readonly Values[];
  readonly y: Values;
  readonly g: readonly Values[];
  readonly h: readonly Values[];
  readonly hr: Values;
}

interface Attributes {
  readonly left?: number;
  readonly right?: number;
  readonly twice?: boolean;
  readonly exponent?: number;
  readonly slope?: number;
  readonly alpha?: number;
  readonly axes?: number | readonly number[];
  readonly keepDims?: boolean;
  readonly axis?: number;
  readonly shape?: readonly number[];
  readonly permutation?: readonly number[];
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
  readonly before?: readonly number[];
  readonly after?: readonly number[];
  readonly indices?: readonly number[];
  readonly indexTensor?: boolean;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly addend?: boolean;
  readonly stride?: number | readonly [number, number];
  readonly padding?: number | readonly [number, number];
  readonly bias?: boolean;
  readonly factor?: number;
  readonly size?: number;
}

type Apply = (inputs: readonly Tensor[], attributes: Attributes) => Tensor;
type Elementwise = (a: engine.Operand, b: engine.Operand) => Tensor;

const binary =
  (op: Elementwise): Apply =>
  ([x, y], { left, right, twice }) =>
    op(left ?? x!, right ?? (twice ? x! : left === undefined ? y! : x!));

const comparison =
  (op: Elementwise): Apply =>
  ([a, b]) =>
    engine.where(op(a!, b!), mul(a!, b!), engine.sub(a!, b!));

const squared =
  (op: Apply): Apply =>
  (inputs, attributes) =>
    engine.square(op(inputs, attributes));

/** Each operation as the fixtures apply it. */
const operations: Readonly<Record<string, Apply>> = {
  add: binary(engine.add),
  sub: binary(engine.sub),
  mul: binary(engine.mul),
  div: binary(engine.div),
  maximum: binary(engine.maximum),
  minimum: binary(engine.minimum),
  equal: comparison(engine.equal),
  greater: comparison(engine.greater),
  greaterEqual: comparison(engine.greaterEqual),
  less: comparison(engine.less),
  lessEqual: comparison(engine.lessEqual),
  where: ([c, a, b]) => engine.where(engine.greater(c!, 0), a!, b!),
  neg: ([x]) => engine.neg(x!),
  exp: ([x]) => engine.exp(x!),
  log: ([x]) => engine.log(x!),
  sqrt: ([x]) => engine.sqrt(x!),
  sin: ([x]) => engine.sin(x!),
  cos: ([x]) => engine.cos(x!),
  square: ([x]) => engine.square(x!),
  abs: ([x]) => engine.abs(x!),
  pow: ([x], { exponent }) => engine.pow(x!, exponent!),
  tanh: ([x]) => engine.tanh(x!),
  sigmoid: ([x]) => engine.sigmoid(x!),
  softplus: ([x]) => engine.softplus(x!),
  relu: ([x]) => engine.relu(x!),
  leakyRelu: ([x], { slope }) => engine.leakyRelu(x!, slope),
  elu: ([x], { alpha }) => engine.elu(x!, alpha),
  stopGradient: ([x]) => mul(x!, engine.stopGradient(x!)),
  softmax: ([x], { axis }) => engine.softmax(x!, axis),
  sum: squared(([x], { axes, keepDims = false }) => engine.sum(x!, axes, { keepDims })),
  mean: squared(([x], { axes, keepDims = false }) => engine.mean(x!, axes, { keepDims })),
  max: squared(([x], { axes, keepDims = false }) => engine.max(x!, axes, { keepDims })),
  matmul: ([a, b, addend], { transposeA = false, transposeB = false }) =>
    engine.matmul(a!, b!, { transposeA, transposeB, ...(addend && { addend }) }),
  conv2d: ([x, w, bias], { stride = 1, padding = 0 }) =>
    engine.conv2d(x!, w!, { stride, padding, ...(bias && { bias }) }),
  convTranspose2d: ([x, w, bias], { stride = 1, padding = 0 }) =>
    engine.convTranspose2d(x!, w!, { stride, padding, ...(bias && { bias }) }),
  upsample: squared(([x], { factor }) => engine.upsample(x!, factor!)),
  avgPool: squared(([x], { size }) => engine.avgPool(x!, size!)),
  reshape: squared(([x], { shape }) => engine.reshape(x!, shape!)),
  transpose: squared(([x], { permutation }) => engine.transpose(x!, permutation!)),
  concat: squared((xs, { axis, twice }) => engine.concat(twice ? [...xs, ...xs] : xs, axis!)),
  slice: squared(([x], { starts, ends }) => engine.slice(x!, starts!, ends!)),
  pad: squared(([x], { before, after }) => engine.pad(x!, before!, after!)),
  broadcastTo: squared(([x], { shape }) => engine.broadcastTo(x!, shape!)),
  sort: squared(([x]) => engine.sort(x!)),
  gather: squared(([x, indexTensor], { indices, axis }) => engine.gather(x!, indexTensor ?? indices!, axis!)),
};

/** The cases of one fixture file by operation. */
export function readCases(family: string): Map<string, Case[]> {
  const file = new URL(`../fixtures/engine/${family}.json`, import.meta.url);
  const cases = JSON.parse(readFileSync(file, "utf8")) as Case[];
  const byOp = new Map<string, Case[]>();
  for (const one of cases) byOp.set(one.op, [...(byOp.get(one.op) ?? []), one]);
  return byOp;
}

/** What the engine gives for one case: y, the first derivatives g and the second derivatives h and hr. */
export type Result = Readonly<Record<string, TensorData>>;

/** Runs all `cases` as one program, with each operation in numbers of type `float` between casts from and to float32. */
export async function runCases(
  cases: readonly Case[],
  device: Device = "cpu",
  float: FloatType = "float32",
): Promise<Result[]> {
  const feeds: Record<string, TensorData> = {};
  cases.forEach((one, i) => {
    feeds[`${i}.r`] = float32(one.r);
    for (const [j, x] of one.inputs.entries()) feeds[`${i}.x${j}`] = float32(x);
    for (const [j, s] of one.s.entries()) feeds[`${i}.s${j}`] = float32(s);
    const { indexTensor, indices = [] } = one.attributes;
    if (indexTensor) feeds[`${i}.indices`] = { shape: [indices.length], data: Int32Array.from(indices) };
  });
  const specs = Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, data }]): [string, InputSpec] => [
      name,
      { shape, dtype: data instanceof Int32Array ? "int32" : "float32" },
    ]),
  );
  const program = await compile(
    (inputs) => {
      const outputs = cases.flatMap((one, i) => Object.entries(differentiated(one, `${i}.`, inputs, float)));
      return Object.fromEntries(outputs);
    },
    specs,
    { device },
  );
  const results = await program.run(feeds);
  await program.release();
  return cases.map((_, i) =>
    Object.fromEntries(
      Object.entries(results).flatMap(([name, value]) =>
        name.startsWith(`${i}.`) ? [[name.slice(`${i}.`.length), value]] : [],
      ),
    ),
  );
}

function differentiated(
  { op, inputs, attributes }: Case,
  prefix: string,
  from: Record<string, Tensor>,
  float: FloatType,
) {
  const xs = inputs.map((_, j) => from[`${prefix}x${j}`]!);
  const indices = from[`${prefix}indices`];
  const r = from[`${prefix}r`]!;
  const typed = xs.map((x) => engine.cast(x, float));
  const y = engine.cast(operations[op]!(indices ? [...typed, indices] : typed, attributes), "float32");
  const g = gradients(sum(mul(y, r)), xs);
  const terms = g.map((gradient, j) => sum(mul(gradient, from[`${prefix}s${j}`]!)));
  const h = gradients(terms.reduce(engine.add), [...xs, r]);
  const named = [["y", y], ...g.map((x, j) => [`g${j}`, x]), ...xs.map((_, j) => [`h${j}`, h[j]]), ["hr", h.at(-1)]];
  return Object.fromEntries(named.map(([name, tensor]) => [`${prefix}${name}`, tensor])) as Record<string, Tensor>;
}

function float32({ shape, data }: Values): TensorData {
  return { shape, data: Float32Array.from(data) };
}
