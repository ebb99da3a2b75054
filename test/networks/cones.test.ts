import { describe, expect, it } from "vitest";
import { gradients, sum, type Tensor } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { coneCritic } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { evaluate, values } from "../engine/evaluate.js";

const CONES = 37;
const context = { training: false, noise: {}, buffers: {}, update: () => {} };

/** Random cones in `dimension` dimensions and points among them, some very near to an apex and one upon it. */
function scene(dimension: number, count: number) {
  const rng = createRng(dimension);
  const centres = rng.uniforms(CONES * dimension).map((u) => 4 * u - 2);
  const heights = rng.normals(CONES).map((z) => 0.3 * z);
  const points = rng.normals(count * dimension);
  for (let i = 0; i < 8; i++) {
    const size = i === 0 ? 0 : 10 ** -(i / 2);
    for (let k = 0; k < dimension; k++) points[i * dimension + k] = centres[i * dimension + k]! + size * rng.normal();
  }
  return { centres, heights, points };
}

/** The envelope and its gradient from the definition, in float64. */
function direct(
  envelope: "peaks" | "funnels",
  dimension: number,
  { centres, heights, points }: ReturnType<typeof scene>,
) {
  const sign = envelope === "peaks" ? -1 : 1;
  return Array.from({ length: points.length / dimension }, (_, i) => {
    const x = [...points.subarray(i * dimension, (i + 1) * dimension)];
    const cones = Array.from(heights, (height, j) => {
      const away = x.map((value, k) => value - centres[j * dimension + k]!);
      const distance = Math.hypot(...away);
      return { value: height + sign * distance, slope: away.map((a) => (distance > 0 ? (sign * a) / distance : 0)) };
    });
    return cones.reduce((a, b) => (sign * b.value < sign * a.value ? b : a));
  });
}

async function run(envelope: "peaks" | "funnels", dimension: number, count: number) {
  const { centres, heights, points } = scene(dimension, count);
  const critic = coneCritic({ input: dimension, cones: CONES, envelope });
  return evaluate(
    ({ a, h, x }: Record<"a" | "h" | "x", Tensor>) => {
      const score = critic.apply({ centres: a, heights: h }, x, context);
      const [toX, toA, toH] = gradients(sum(score), [x, a, h]);
      return { score, toX: toX!, toA: toA!, toH: toH! };
    },
    {
      a: values([...centres], [CONES, dimension]),
      h: values([...heights]),
      x: values([...points], [count, dimension]),
    },
  );
}

describe.each(["peaks", "funnels"] as const)("the cone critic's %s", (envelope) => {
  it.each([1, 2, 5, 33])(
    "in %d dimensions are the envelope's definition in float64, with its gradient",
    async (dimension) => {
      const count = 101;
      const { score, toX, toH } = await run(envelope, dimension, count);
      const expected = direct(envelope, dimension, scene(dimension, count));
      expected.forEach(({ value, slope }, i) => {
        expect(Math.abs(score!.data[i]! - value)).toBeLessThan(1e-5);
        // A float32 apex is known to 1e-7, so at 3e-4 from it the direction is known to 1e-3.
        slope.forEach((s, k) => {
          expect(Math.abs(toX!.data[i * dimension + k]! - s)).toBeLessThan(2e-3);
        });
      });
      // Every point adds 1 to the gradient of a height: that of the cone that wins there.
      expect((toH!.data as Float32Array).reduce((a, b) => a + b)).toBeCloseTo(count, 4);
    },
  );

  it("has no slope above 1, however near to an apex", async () => {
    for (const dimension of [1, 2, 5, 33]) {
      const { toX } = await run(envelope, dimension, 500);
      for (let i = 0; i < 500; i++) {
        expect(Math.hypot(...toX!.data.subarray(i * dimension, (i + 1) * dimension))).toBeLessThanOrEqual(1 + 1e-6);
      }
    }
  });
});

describe("the cone critic", () => {
  it("moves winning apexes against the points: the gradients of apexes and points cancel", async () => {
    const dimension = 3;
    const { toX, toA } = await run("peaks", dimension, 64);
    for (let k = 0; k < dimension; k++) {
      const total = (data: ArrayLike<number>) =>
        Array.from(data).reduce((sum, value, i) => sum + (i % dimension === k ? value : 0), 0);
      expect(total(toX!.data)).toBeCloseTo(-total(toA!.data), 3);
    }
  });

  it("starts from the apexes that it is given", () => {
    const centres = () => Float32Array.of(1, 2, 3, 4);
    expect(coneCritic({ input: 2, cones: 2, centres }).init(createRng(0)).parameters.centres!.data).toEqual(centres());
  });

  it.each([0, 1.5, Number.NaN])("refuses %d cones", (cones) => {
    expect(() => coneCritic({ input: 2, cones })).toThrow(InputError);
  });
});
