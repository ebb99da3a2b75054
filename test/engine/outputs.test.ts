import { expect, it } from "vitest";
import { greater, toFloat, traceModel } from "../../src/engine/index.js";

it("an output is refused where it has an input's name, or is a comparison", () => {
  const specs = { x: { shape: [2] } };
  expect(() => traceModel(({ x }) => ({ x }), specs)).toThrow(/"x" is the name of an input and of an output/);
  expect(() => traceModel(({ x }) => ({ y: greater(x, 0) }), specs)).toThrow(/"y" is a comparison.*toFloat/);
  expect(() => traceModel(({ x }) => ({ y: toFloat(greater(x, 0)) }), specs)).not.toThrow();
});
