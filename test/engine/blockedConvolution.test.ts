import { describe, expect, it } from "vitest";
import { createSession, targetOf } from "#runtime";
import {
  compile,
  conv2d,
  convTranspose2d,
  gradients,
  mul,
  sum,
  type Tensor,
  type TensorData,
  traceModel,
} from "../../src/engine/index.js";
import { portable } from "../../src/engine/lower/portable.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";

const known = (await targetOf("cpu")) !== portable;
/** A number of channels that the blocks of any CPU divide. */
const block = 16;

/** Image size, kernel, stride, padding; by default 2 blocks of channels and 3 blocks of kernels. */
const settings = [
  { height: 8, width: 6, kernel: 4, stride: 2, padding: 1 },
  { height: 6, width: 5, kernel: 3, stride: 1, padding: 1 },
  { height: 5, width: 4, kernel: 3, stride: 1, padding: 0 },
  { height: 6, width: 9, kernel: 3, stride: 3, padding: 0 },
  { height: 4, width: 4, kernel: 2, stride: 2, padding: 0 },
  { height: 6, width: 6, kernel: 6, stride: 3, padding: 2 },
  // Shapes whose image gradients are left to the windows, and in the first of them the kernels' gradient too.
  { height: 8, width: 7, kernel: 3, stride: 3, padding: 0 },
  { height: 7, width: 6, kernel: 4, stride: 2, padding: 1 },
  { height: 6, width: 8, kernel: 5, stride: 2, padding: 2 },
  { height: 5, width: 5, kernel: 2, stride: 1, padding: 2 },
];

type Input = "x" | "w" | "bias";
type Convolve = (x: Tensor, w: Tensor, bias: Tensor) => Tensor;

/** Values, first and second derivatives; the square makes the second ones depend on everything. */
function derivatives(convolve: Convolve) {
  return ({ x, w, bias }: Record<Input, Tensor>) => {
    const y = convolve(x, w, bias);
    const [toX, toW, toBias] = gradients(sum(mul(y, y)), [x, w, bias]) as [Tensor, Tensor, Tensor];
    const [twiceX, twiceW] = gradients(sum(mul(toX, toX)), [x, w]) as [Tensor, Tensor];
    return { y, toX, toW, toBias, twiceX, twiceW };
  };
}

describe.skipIf(!known)("convolutions by blocks of channels, on a CPU that has them, equal the portable ones", () => {
  it.each(settings)(
    "height $height, width $width, kernel $kernel, stride $stride, padding $padding",
    async (setting) => {
      const { height, width, kernel, stride, padding } = setting;
      const inputs = {
        x: normal([block, height, width, 2 * block], 1),
        w: normal([3 * block, kernel, kernel, 2 * block], 2),
        bias: normal([3 * block], 3),
      };
      await compare((x, w, bias) => conv2d(x, w, { stride, padding, bias }), inputs);
    },
  );

  it.each([1, 3])("of images of %i channels", async (channels) => {
    const inputs = {
      x: normal([2 * block, 6, 8, channels], 1),
      w: normal([block, 4, 4, channels], 2),
      bias: normal([block], 3),
    };
    await compare((x, w, bias) => conv2d(x, w, { stride: 2, padding: 1, bias }), inputs);
  });

  it("of images that are no whole number of blocks", async () => {
    const inputs = { x: normal([3, 6, 8, block], 1), w: normal([block, 4, 4, block], 2), bias: normal([block], 3) };
    await compare((x, w, bias) => conv2d(x, w, { stride: 2, padding: 1, bias }), inputs);
  });

  it("transposed", async () => {
    const inputs = {
      x: normal([block, 4, 5, 3 * block], 3),
      w: normal([3 * block, 4, 4, block], 4),
      bias: normal([block], 5),
    };
    await compare((x, w, bias) => convTranspose2d(x, w, { stride: 2, padding: 1, bias }), inputs);
  });
});

it("writes models for any machine unless it compiles for this one", async () => {
  const specs = { x: { shape: [1, 4, 4, block] }, w: { shape: [block, 4, 4, block] } };
  const convolve = ({ x, w }: Record<"x" | "w", Tensor>) => ({ y: conv2d(x, w, { stride: 2, padding: 1 }) });
  const own = "com.microsoft.nchwc";
  expect(Buffer.from(traceModel(convolve, specs)).includes(own)).toBe(false);
  const program = await compile(convolve, specs);
  expect(Buffer.concat(program.models).includes(own)).toBe(known);
  await program.release();
});

async function compare(convolve: Convolve, inputs: Record<Input, TensorData>) {
  const fn = derivatives(convolve);
  const program = await compile(fn, inputs);
  const portable = await createSession(traceModel(fn, inputs), {});
  const [found, expected] = await Promise.all([program.run(inputs), portable.run(inputs)]);
  expect(Buffer.concat(program.models).includes("com.microsoft.nchwc")).toBe(true);
  // Sums of up to 1,500 products of float32 numbers, four deep, in another order.
  for (const [name, values] of Object.entries(found)) {
    expect(values, name).toBeAllclose(expected[name]!, { relative: 2e-5 });
  }
  await Promise.all([program.release(), portable.release()]);
}

function normal(shape: readonly number[], seed: number): TensorData {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape, data: createRng(seed).normals(size) };
}
