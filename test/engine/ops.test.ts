import { beforeAll, describe, expect, it } from "vitest";
import "../allclose.js";
import { type Result, readCases, runCases } from "./cases.js";

/**
 * float32 keeps 6e-8 of each number. The sums here are short, so a few roundings are all that a result may carry; what is left is
 * the error of ONNX Runtime's vectorised exp, tanh and pow.
 */
const TOLERANCE = { relative: 3e-6 };

const families = {
  elementwise: "elementwise operations",
  reduce: "reductions and softmax",
  shape: "operations on shapes",
  matmul: "matrix products",
  convolution: "convolutions, upsampling and pooling",
  extremes: "extreme inputs",
  kinks: "derivatives at kinks and ties",
};

describe.each(Object.entries(families))("the values and first and second derivatives equal PyTorch's: %s", (family) => {
  describe.each([...readCases(family)])("%s", (_, cases) => {
    let results: Result[];
    beforeAll(async () => {
      results = await runCases(cases);
    });

    it.each(cases.map((one, i) => [one.name, one, i] as const))("%s", (_, one, i) => {
      const result = results[i]!;
      expect(result.y, "y").toBeAllclose(one.y, TOLERANCE);
      for (const [j, g] of one.g.entries()) expect(result[`g${j}`], `g${j}`).toBeAllclose(g, TOLERANCE);
      for (const [j, h] of one.h.entries()) expect(result[`h${j}`], `h${j}`).toBeAllclose(h, TOLERANCE);
      expect(result.hr, "hr").toBeAllclose(one.hr, TOLERANCE);
    });
  });
});
