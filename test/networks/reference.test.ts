import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  constant,
  gradients,
  mul,
  type Shape,
  sizeOf,
  sum,
  type Tensor,
  type TensorData,
} from "../../src/engine/index.js";
import {
  type DcganGeneratorOptions,
  type DcganOptions,
  dcganCritic,
  dcganGenerator,
  type MlpOptions,
  mlp,
  type Network,
} from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

/** What PyTorch's layers make of given parameters in float64; test/fixtures/networks/make.py says what is what. */
interface Case {
  readonly network: "mlp" | "dcganGenerator" | "dcganCritic";
  readonly options: object;
  readonly parameters: Readonly<Record<string, Shape>>;
  readonly input: Shape;
  readonly output: Shape;
  readonly stride: number;
  readonly training: readonly number[];
  readonly use: readonly number[];
  /** Sum and sum of squares of each parameter's gradient. */
  readonly gradients: Readonly<Record<string, readonly [number, number]>>;
}

const cases = JSON.parse(
  readFileSync(new URL("../fixtures/networks/networks.json", import.meta.url), "utf8"),
) as readonly Case[];

function make({ network, options }: Case): Network {
  if (network === "mlp") return mlp(options as MlpOptions);
  if (network === "dcganGenerator") return dcganGenerator(options as DcganGeneratorOptions);
  return dcganCritic(options as DcganOptions);
}

function wave(shape: Shape, k: number, scale: number, offset = 0): TensorData {
  return {
    shape,
    data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => offset + scale * Math.sin(1 + 1.7 * i + k)),
  };
}

async function run(network: Network, one: Case) {
  const names = Object.keys(one.parameters);
  const parameters = Object.fromEntries(
    names.map((name, k) => {
      const shape = one.parameters[name]!;
      const scale = Math.sqrt(shape.at(-1)! / sizeOf(shape));
      return [name, wave(shape, k, scale, name.endsWith(".gain") ? 1 : 0)];
    }),
  );
  const first = network.init(createRng(0));
  const direction = Float32Array.from({ length: sizeOf(one.output) }, (_, i) => Math.sin(i));
  return evaluate(
    ({ x, ...given }: Record<string, Tensor>) => {
      let buffers = Object.fromEntries(
        Object.entries(first.buffers ?? {}).map(([name, data]) => [name, constant(data)]),
      );
      const context = {
        training: true,
        noise: {},
        buffers,
        update: (name: string, value: Tensor) => {
          buffers = { ...buffers, [name]: value };
        },
      };
      const training = network.apply(given, x!, context);
      const use = network.apply(given, x!, { ...context, training: false, buffers });
      const score = sum(mul(training, constant({ shape: one.output, data: direction })));
      const slopes = gradients(
        score,
        names.map((name) => given[name]!),
      );
      return { training, use, ...Object.fromEntries(slopes.map((slope, k) => [`gradient ${names[k]}`, slope])) };
    },
    { x: wave(one.input, names.length, 1), ...parameters },
  ) as Promise<Record<string, TensorData>>;
}

const named = cases.map((one) => [`${one.network} ${JSON.stringify(one.options)}`, one] as const);

describe("networks equal PyTorch's of the same layers and parameters", () => {
  it.each(named)("%s", async (_, one) => {
    const network = make(one);
    const shapes = Object.entries(network.init(createRng(0)).parameters).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual(one.parameters);
    const results = await run(network, one);
    expect(results.training!.shape).toEqual(one.output);
    for (const mode of ["training", "use"] as const) {
      const kept = Array.from(results[mode]!.data).filter((_, i) => i % one.stride === 0);
      expect(values(kept), mode).toBeAllclose(values(one[mode]), { relative: 1e-5 });
    }
    for (const [name, [, squares]] of Object.entries(one.gradients)) {
      const { data } = results[`gradient ${name}`]!;
      const found = Array.from(data).reduce((total, x) => total + x * x, 0);
      expect(values([found]), `squared gradient of ${name}`).toBeAllclose(values([squares]), {
        relative: 1e-4,
        absolute: 1e-8,
      });
    }
    // A sum may cancel, so it is measured against the length of the vector that is summed.
    for (const [name, [total, squares]] of Object.entries(one.gradients)) {
      const { data } = results[`gradient ${name}`]!;
      const found = Array.from(data).reduce((sum, x) => sum + x, 0);
      expect(Math.abs(found - total), `gradient of ${name}`).toBeLessThan(
        1e-4 * Math.sqrt(data.length * squares) + 1e-4,
      );
    }
  });
});
