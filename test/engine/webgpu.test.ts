import { expect, it } from "vitest";
import { compile, defineOp, type Tensor } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import "../allclose.js";
import { readCases, runCases } from "./cases.js";
import { describeOnWebgpu } from "./softwareWebgpu.js";

/** Shaders compute tanh to a few units in the last place more than the CPU's. */
const TOLERANCE = { relative: 5e-6 };

/**
 * Shaders may compute a sine or cosine with an error of 2^-11 (WGSL, "Accuracy of Built-in Functions"); derivatives multiply it by numbers
 * of a few.
 */
const TRIGONOMETRIC = { absolute: 2 ** -9 };

/** An operation that ONNX Runtime has no WebGPU kernel for. */
const determinant = defineOp<readonly [Tensor]>({
  name: "determinant",
  shape: () => [],
  emit: (_, [x], emitter) => emitter.node("Det", [x]),
});

describeOnWebgpu("WebGPU in Node", () => {
  it.each(["elementwise", "reduce", "shape", "matmul", "convolution", "extremes", "kinks"])(
    "runs every operation and its first and second derivatives without the CPU, with PyTorch's values: %s",
    async (family) => {
      const ofEach = family === "extremes" ? 10 : 1;
      const cases = [...readCases(family).values()].flatMap((ofOneOp) => ofOneOp.slice(0, ofEach));
      const results = await runCases(cases, "webgpu");
      for (const [i, { op, name, y, g, h, hr }] of cases.entries()) {
        const tolerance = op === "sin" || op === "cos" ? TRIGONOMETRIC : TOLERANCE;
        expect(results[i]?.y, name).toBeAllclose(y, tolerance);
        for (const [j, first] of g.entries())
          expect(results[i]?.[`g${j}`], `${name}, g${j}`).toBeAllclose(first, tolerance);
        for (const [j, second] of h.entries())
          expect(results[i]?.[`h${j}`], `${name}, h${j}`).toBeAllclose(second, tolerance);
        expect(results[i]?.hr, `${name}, hr`).toBeAllclose(hr, tolerance);
      }
    },
  );

  it("refuses an operation that it has no kernel for, and does not leave it to the CPU without a word", async () => {
    const compiling = compile(({ x }) => ({ y: determinant([x]) }), { x: { shape: [2, 2] } }, { device: "webgpu" });
    await expect(compiling).rejects.toThrow(InputError);
    await expect(compiling).rejects.toThrow(/^the device "webgpu" has no kernel for an operation of this program/);
  });
});
