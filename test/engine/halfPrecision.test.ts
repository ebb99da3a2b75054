import { describe, expect, it } from "vitest";
import { add, cast, constant, type Device, gradients, mul, square, sum } from "../../src/engine/index.js";
import "../allclose.js";
import { readCases, runCases } from "./cases.js";
import { evaluate, values } from "./evaluate.js";
import { describeOnWebgpu, problemOfHalf } from "./softwareWebgpu.js";

/**
 * Each number that goes in is rounded by at most 2^-11 of itself, and so are the result and both derivatives; a derivative has several of them
 * as factors. A device may round each term of a sum of products too, whose sizes are about 1.
 */
const TOLERANCE = { relative: 2 ** -8, absolute: 2 ** -10 };

/** Cases of each operation. */
const OF_EACH = 6;

/** The nearest number of float16: multiples of 2^-24, of ten binary places from 2^-14 on, and none from 65520. In a tie it is the even one. */
function toHalf(x: number): number {
  const size = Math.abs(x);
  const unit = 2 ** (Math.max(Math.floor(Math.log2(size)), -14) - 10);
  const below = Math.floor(size / unit);
  const rest = size / unit - below;
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  if (!(size > 0)) return x;
  return Math.sign(x) * (size < 65520 ? (isUp ? below + 1 : below) * unit : Number.POSITIVE_INFINITY);
}

describe("cast to float16 and back", () => {
  const edges = [
    0,
    -0,
    1,
    -1,
    1 / 3,
    2048,
    2049,
    2050,
    2051,
    -2049,
    65504,
    65519,
    65520,
    -65519,
    -65520,
    1e30,
    Infinity,
    -Infinity,
  ];
  const small = [
    2 ** -14,
    1.0004 * 2 ** -14,
    0.9999 * 2 ** -14,
    2 ** -24,
    1.5 * 2 ** -24,
    2.5 * 2 ** -24,
    2 ** -25,
    1.001 * 2 ** -25,
    -(2 ** -25),
    1e-30,
  ];

  it("rounds to the nearest number, ties to even, with numbers below the normal ones, infinities and NaN", async () => {
    const grid = Array.from({ length: 4001 }, (_, i) => Math.fround((i - 2000) * 1.37 ** ((i % 60) - 30)));
    const x = values([...edges, ...small, Number.NaN, ...grid]);
    const { y } = await evaluate(({ x }) => ({ y: cast(cast(x, "float16"), "float32") }), { x });
    for (const [i, value] of x.data.entries()) expect(y.data[i], `${value}`).toBe(toHalf(value));
  });

  it("rounds cotangents the same way on their way back, also when they are differentiated", async () => {
    const x = values([0.1, 1 / 3, 3, -7.7]);
    const r = values([1 / 3, 70000, 2 ** -26, 12.3]);
    const s = values([0.7, 1.1, 1e-5, -3.3]);
    const { g, h } = await evaluate(
      ({ x, r, s }) => {
        const y = cast(cast(x, "float16"), "float32");
        const [g] = gradients(sum(mul(r, square(y))), [x]);
        const [h] = gradients(sum(mul(g, s)), [x]);
        return { g, h };
      },
      { x, r, s },
    );
    for (const [i, factor] of r.data.entries()) {
      expect(g.data[i]).toBe(toHalf(Math.fround(2 * factor * toHalf(x.data[i]!))));
      expect(h.data[i]).toBe(toHalf(Math.fround(2 * factor * toHalf(s.data[i]!))));
    }
  });
});

/** Checks every operation of a family with numbers of float16. */
async function expectAllClose(family: string, device: Device) {
  const cases = [...readCases(family).values()].flatMap((ofOneOp) => ofOneOp.slice(0, OF_EACH));
  const results = await runCases(cases, device, "float16");
  for (const [i, { name, op, y, g, h, hr }] of cases.entries()) {
    const result = results[i]!;
    expect(result.y, `${op} ${name}, y`).toBeAllclose(y, TOLERANCE);
    for (const [j, first] of g.entries())
      expect(result[`g${j}`], `${op} ${name}, g${j}`).toBeAllclose(first, TOLERANCE);
    for (const [j, second] of h.entries())
      expect(result[`h${j}`], `${op} ${name}, h${j}`).toBeAllclose(second, TOLERANCE);
    expect(result.hr, `${op} ${name}, hr`).toBeAllclose(hr, TOLERANCE);
  }
}

const families = ["elementwise", "reduce", "shape", "matmul", "convolution", "kinks"];

describe("the values and first and second derivatives in float16 equal PyTorch's of float64, to its rounding", () => {
  it.each(families)("%s", (family) => expectAllClose(family, "cpu"));
});

describeOnWebgpu("float16 on WebGPU in Node", () => {
  it.skipIf(problemOfHalf).each(families)("has the same values, without the CPU: %s", (family) =>
    expectAllClose(family, "webgpu"),
  );

  it.runIf(problemOfHalf)("is refused in a sentence where the adapter has none", () => {
    expect(problemOfHalf).toBe(
      'the device "webgpu" has an adapter here that does not compute in float16 (shader-f16): choose --precision float32.',
    );
  });
});

it("sums of float16 are taken in float32, where ones are counted beyond 2048", async () => {
  const x = { shape: [5000, 2], data: new Float32Array(10_000).fill(1) };
  const { rows, all } = await evaluate(
    ({ x }) => ({ rows: cast(sum(cast(x, "float16"), 0), "float32"), all: cast(sum(cast(x, "float16")), "float32") }),
    { x },
  );
  expect([...rows.data]).toEqual([5000, 5000]);
  expect([...all.data]).toEqual([10_000]);
});

it("numbers take the type of what they meet, and tensors of two types are refused", async () => {
  const x = values([1, 2]);
  const { y } = await evaluate(({ x }) => ({ y: cast(add(mul(cast(x, "float16"), 0.1), 1), "float32") }), { x });
  expect(y).toBeAllclose(values([1.1, 1.2]), { relative: 2 ** -10 });
  await expect(evaluate(({ x }) => ({ y: add(cast(x, "float16"), x) }), { x })).rejects.toThrow(
    "add: tensors of float16 and of float32 do not mix; cast one of them",
  );
  await expect(
    evaluate(({ x }) => ({ y: mul(cast(x, "float16"), constant(values([3, 4]))) }), { x: values([1, 2]) }),
  ).rejects.toThrow(TypeError);
});
