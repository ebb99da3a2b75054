import { describe, expect, it } from "vitest";
import { layRow } from "../../src/data/codecs/rowLayout.js";
import { maskLength } from "../../src/data/codecs/rowMask.js";
import {
  constant,
  type ModelInputSpec,
  type Shape,
  symbolicDimension,
  type Tensor,
  type TensorData,
  traceModel,
} from "../../src/engine/index.js";
import { dense, type Network, networks } from "../../src/networks/index.js";
import { residual } from "../../src/networks/residual.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

const row = layRow([
  { name: "city", choices: 3, hasQuantile: false },
  { name: "age", choices: 0, hasQuantile: true },
  { name: "income", choices: 2, hasQuantile: true },
]);
const { width } = row;
const condition = maskLength(row);
const rng = createRng(21);
const entry = networks.get("tabular");
const settings = {
  width: 8,
  depth: 2,
  normalisation: "layer",
  criticNormalisation: "none",
  pack: 1,
  temperature: 0.2,
  moments: 0,
  prior: 0,
};
const make = (more: { readonly condition?: number; readonly pack?: number } = {}) =>
  entry.make({ ...settings, pack: more.pack ?? 1 }, { shape: [width], latent: 4, row, condition: more.condition ?? 0 });

type Inputs = {
  readonly x: Tensor;
  readonly given?: Tensor;
  readonly choice?: Tensor;
  readonly parameters: Readonly<Record<string, Tensor>>;
  readonly buffers: Readonly<Record<string, Tensor>>;
};

/** A network's output, from its first parameters. */
async function outputOf(
  network: Network,
  x: TensorData,
  { given, choice }: { readonly given?: TensorData | undefined; readonly choice?: TensorData | undefined } = {},
): Promise<TensorData> {
  const { parameters, buffers = {} } = network.init(createRng(1));
  const inputs = { x, ...(given && { given }), ...(choice && { choice }), parameters, buffers };
  const { y } = await evaluate(({ x, given, choice, parameters, buffers }: Inputs) => {
    const context = {
      training: false,
      condition: given,
      noise: choice ? { choice } : {},
      buffers,
      update: () => {},
    };
    return { y: network.apply(parameters, x!, context) };
  }, inputs);
  return y!;
}

const N = 30;
const latents = values([...rng.normals(N * 4)], [N, 4]);
const choice = values([...rng.uniforms(N * width)], [N, width]);

describe("a tabular generator", () => {
  it("makes rows with one choice in each column and quantiles in (-1, 1)", async () => {
    const { shape, data } = await outputOf(make().generator, latents, { choice });
    expect(shape).toEqual([N, width]);
    for (let i = 0; i < N; i++) {
      const made = [...data].slice(i * width, (i + 1) * width);
      for (const { start, choices, quantile } of row.columns) {
        const chosen = made.slice(start, start + choices);
        if (choices > 0) expect(chosen.sort()).toEqual([...Array(choices - 1).fill(0), 1]);
        if (quantile !== null) expect(Math.abs(made[quantile] ?? 1)).toBeLessThan(1);
      }
    }
  });

  it("gives back the columns that are given as they are given, and makes the others", async () => {
    const { generator } = make({ condition });
    const nothing = values(Array(N * condition).fill(0), [N, condition]);
    // Of each second row the city is Pisa, of each third the income is the rest at quantile -0.25.
    const rows = Array.from({ length: N }, (_, i) => {
      const [city, income] = [i % 2 === 0, i % 3 === 0];
      return [
        ...[city, false, income].map(Number),
        ...(city ? [0, 0, 1] : [0, 0, 0]),
        0,
        ...(income ? [0, 1, -0.25] : [0, 0, 0]),
      ];
    });
    const given = values(rows.flat(), [N, condition]);
    const { data } = await outputOf(generator, latents, { given, choice });
    for (const [i, asked] of rows.entries()) {
      const made = [...data].slice(i * width, (i + 1) * width);
      if (asked[0] === 1) expect(made.slice(0, 3)).toEqual([0, 0, 1]);
      else expect(made.slice(0, 3).sort()).toEqual([0, 0, 1]);
      expect(Math.abs(made[3] ?? 0)).toBeGreaterThan(0);
      if (asked[2] === 1) expect(made.slice(4)).toEqual([0, 1, -0.25]);
    }
    // What is given is heard by the rest of the network too.
    const { data: free } = await outputOf(generator, latents, { given: nothing, choice });
    expect([...free].filter((_, i) => i % width === 3)).not.toEqual([...data].filter((_, i) => i % width === 3));
  });

  it.each([
    ["without conditions and prior", 0, 0],
    ["with both", condition, 3],
  ])("is written down for batches of any size: %s", (_, condition, prior) => {
    const task = { shape: [width], latent: 4, row, condition };
    const { generator } = entry.make({ ...settings, prior }, task);
    const { parameters, buffers = {} } = generator.init(createRng(1));
    const n = symbolicDimension("batch");
    const ofEach = ([name, { shape }]: readonly [string, { readonly shape: Shape }]) => [
      name,
      { shape: [n, ...shape] },
    ];
    const noise = Object.fromEntries(Object.entries(generator.noise ?? {}).map(ofEach));
    const constants = (tensors: Readonly<Record<string, TensorData>>) =>
      Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, constant(tensor)]));
    const specs: Record<string, ModelInputSpec> = {
      ...noise,
      x: { shape: [n, 4] },
      asked: { shape: [n, Math.max(1, condition)] },
    };
    const written = traceModel(({ x, asked, ...noise }: Record<string, Tensor>) => {
      const given = condition > 0 ? asked : undefined;
      const context = { training: false, condition: given, noise, buffers: constants(buffers), update: () => {} };
      return { rows: generator.apply(constants(parameters), x!, context) };
    }, specs);
    expect(written.length).toBeGreaterThan(1000);
  });

  it("asks for the noise that draws its choices, in use too", () => {
    expect(make().generator.noise).toEqual({ choice: { shape: [width], distribution: "uniform", inUse: true } });
  });
});

describe("a tabular critic", () => {
  it("sees rows as `view` shows them, and gives each pack a score", async () => {
    const { critic, view } = make({ pack: 2 });
    const { shape } = await evaluate(({ x }) => ({ seen: view!(x!) }), {
      x: values(Array(2 * width).fill(0), [2, width]),
    }).then(({ seen }) => seen!);
    const packs = values([...rng.normals(2 * 2 * (shape[1] ?? 0))], [2, 2, shape[1] ?? 0]);
    expect((await outputOf(critic, packs)).shape).toEqual([2, 1]);
  });

  it("is told which columns are given, and not what stands there", async () => {
    const { critic } = make({ condition });
    const x = values([...rng.normals(3 * (width + 12))], [3, width + 12]);
    const score = async (given: readonly number[]) => [
      ...(await outputOf(critic, x, { given: values([...given, ...given, ...given], [3, condition]) })).data,
    ];
    const [city, none] = [
      [1, 0, 0],
      [0, 0, 0],
    ];
    const zeros = Array(width).fill(0);
    expect(await score([...city, ...zeros])).toEqual(await score([...city, 0, 1, ...zeros.slice(2)]));
    expect(await score([...city, ...zeros])).not.toEqual(await score([...none, ...zeros]));
  });
});

it("a tabular network is for tables: others are told which to take", () => {
  expect(entry.refuses?.([2])).toContain('is for tables: choose "mlp" for points');
  expect(entry.refuses?.([width], row)).toBeUndefined();
});

it("an estimate of its weights is no more than what it has, and half of it at least", () => {
  for (const given of [0, condition]) {
    const { generator, critic } = make({ condition: given });
    const count = [generator, critic]
      .flatMap((network) => Object.values(network.init(createRng(0)).parameters))
      .reduce((sum, { data }) => sum + data.length, 0);
    const estimate = entry.parameterCount!(settings, { shape: [width], latent: 4, condition: given });
    expect(estimate).toBeLessThanOrEqual(count);
    expect(estimate).toBeGreaterThan(count / 2);
  }
});

it("a residual network adds its input, in what it gives and in the gradient that it passes back", async () => {
  const [inner, x] = [dense(3, 3), values([1, -2, 0.5, 0.25, 4, -1], [2, 3])];
  const [plain, added] = await Promise.all([outputOf(inner, x), outputOf(residual(inner), x)]);
  expect(added).toBeAllclose({ shape: [2, 3], data: plain.data.map((y, i) => y + (x.data[i] ?? 0)) });
  expect(residual(inner).init(createRng(3))).toEqual(inner.init(createRng(3)));
});
