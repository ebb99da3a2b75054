import { describe, expect, it } from "vitest";
import { layRow } from "../../src/data/codecs/rowLayout.js";
import type { Tensor, TensorData } from "../../src/engine/index.js";
import { type PriorTables, priorBins, priorBuffers, priorShapes, rowPrior } from "../../src/networks/rowPrior.js";
import { createRng } from "../../src/random.js";
import { evaluate, values } from "../engine/evaluate.js";

const row = layRow([
  { name: "city", choices: 2, hasQuantile: false },
  { name: "income", choices: 2, hasQuantile: true },
  { name: "age", choices: 0, hasQuantile: true },
]);
const { width } = row;
const [CITY, INCOME, QUANTILE, AGE] = [0, 2, 4, 5];
const CLASSES = 2;
const WEIGHTS = [0.25, 0.75];
/** How likely the second city is, and the rest of the income, in each class. */
const SECOND = [0.9, 0.2];
const OPEN = [0.5, 0.8];
/** The income's two intervals, [-1, 0.5) and [0.5, 1), in each class; the age has one. */
const UPPER = [0.6, 0.1];
/** Of the copula. */
const CORRELATION = 0.8;
const N = 4000;

/** Classes by uniform numbers that are spread evenly, so that shares are what probabilities say, to one in N. */
const spread = values(
  Array.from({ length: N }, (_, i) => (i + 0.5) / N),
  [N, 1],
);
const noise = { class: spread, within: values([...createRng(5).normals(2 * N)], [N, 2]) };

function tables(): PriorTables {
  const shapes = priorShapes(row, CLASSES);
  const most = priorBins(row);
  const of = (name: keyof typeof shapes, numbers: readonly number[]) => values([...numbers], [...shapes[name]]);
  const perClass = (numbersOf: (c: number) => readonly number[]) => [0, 1].flatMap(numbersOf);
  const places = (income: readonly number[], age: number) => [
    ...[...income, ...Array<number>(most - 2).fill(2)],
    ...[age, ...Array<number>(most - 1).fill(2)],
  ];
  const shares = [0, 1].map((c) => [1 - UPPER[c]!, UPPER[c]!, ...Array<number>(most - 2).fill(0)]);
  return {
    weights: of("weights", WEIGHTS.map(Math.log)),
    choices: of(
      "choices",
      perClass((c) => [...[1 - SECOND[c]!, SECOND[c]!, 1 - OPEN[c]!, OPEN[c]!].map(Math.log), 0, 0]),
    ),
    bins: of(
      "bins",
      Array.from({ length: 2 * most }, (_, bin) =>
        shares.map((own) => Math.log((bin < most ? own[bin]! : Number(bin === most)) + 1e-7)),
      ).flat(),
    ),
    upTo: of(
      "upTo",
      perClass((c) => [...shares[c]!.map((_, bin) => (bin === 0 ? 1 - UPPER[c]! : 1)), ...Array<number>(most).fill(1)]),
    ),
    starts: of("starts", places([-1, 0.5], -1)),
    ends: of("ends", places([0.5, 1], 1)),
    factor: of("factor", [1, 0, CORRELATION, Math.sqrt(1 - CORRELATION ** 2)]),
  };
}

type Inputs = {
  readonly noise: Readonly<Record<string, Tensor>>;
  readonly buffers: Readonly<Record<string, Tensor>>;
  readonly given?: { readonly mask: Tensor; readonly values: Tensor };
};

/** Which class each row was drawn from, and its quantile, where every row has this given. */
async function drawn(given?: { readonly mask: readonly number[]; readonly values: readonly number[] }) {
  const every = (one: readonly number[]): TensorData =>
    values(Array<readonly number[]>(N).fill(one).flat(), [N, one.length]);
  const asked = given && { mask: every(given.mask), values: every(given.values) };
  const { y } = await evaluate(
    ({ noise, buffers, given }: Inputs) => ({
      y: rowPrior(row, CLASSES).draw({ training: false, noise, buffers, update: () => {} }, given ?? null),
    }),
    { noise, buffers: priorBuffers(tables()), ...(asked && { given: asked }) },
  );
  const at = (place: number) => Array.from({ length: N }, (_, i) => y!.data[i * width + place]!);
  const classes = at(CITY + 1).map((logit) => (Math.abs(logit - Math.log(SECOND[0]!)) < 1e-5 ? 0 : 1));
  return { classes, logits: at(INCOME + 1), quantiles: at(QUANTILE).map(Math.tanh), ages: at(AGE).map(Math.tanh) };
}

const share = (of: readonly number[], value: number) => of.filter((one) => one === value).length / of.length;
const posterior = (likelihoods: readonly number[]) => {
  const joint = WEIGHTS.map((weight, c) => weight * likelihoods[c]!);
  return joint[0]! / (joint[0]! + joint[1]!);
};

function ranks(of: readonly number[]): number[] {
  const order = [...of.keys()].sort((a, b) => of[a]! - of[b]!);
  const places = Array<number>(of.length);
  for (const [place, i] of order.entries()) places[i] = place;
  return places;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (of: readonly number[]) => {
    const mean = of.reduce((sum, one) => sum + one, 0) / of.length;
    return of.map((value) => value - mean);
  };
  const [x, y] = [centred(a), centred(b)];
  const dot = (of: readonly number[], other: readonly number[]) => of.reduce((sum, one, i) => sum + one * other[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe("a draw from a prior of classes", () => {
  it("takes each class as often as its weight, with the logits of its choices", async () => {
    const { classes, logits } = await drawn();
    expect(share(classes, 0)).toBeCloseTo(WEIGHTS[0]!, 2);
    for (const [i, c] of classes.entries()) expect(logits[i]).toBeCloseTo(Math.log(OPEN[c]!), 5);
  });

  it("takes each interval as often as its class has it, and any place in it alike", async () => {
    const { classes, quantiles } = await drawn();
    for (const c of [0, 1]) {
      const own = quantiles.filter((_, i) => classes[i] === c);
      const upper = own.filter((quantile) => quantile >= 0.5);
      expect(upper.length / own.length).toBeCloseTo(UPPER[c]!, 1);
      expect(Math.min(...own)).toBeGreaterThan(-1);
      expect(Math.max(...own)).toBeLessThan(1);
      expect(upper.reduce((sum, quantile) => sum + quantile, 0) / upper.length).toBeCloseTo(0.75, 1);
    }
  });

  it("gives quantiles of a class the correlation of the copula, whatever their intervals", async () => {
    const { classes, quantiles, ages } = await drawn();
    for (const c of [0, 1]) {
      const own = (of: readonly number[]) => ranks(of.filter((_, i) => classes[i] === c));
      expect(correlation(own(quantiles), own(ages))).toBeCloseTo((6 / Math.PI) * Math.asin(CORRELATION / 2), 1);
    }
    expect(correlation(classes, ages)).toBeCloseTo(0, 1);
  });

  it.each([
    ["a choice", { mask: [1, 0, 0], values: [0, 1, 0, 0, 0, 0] }, SECOND],
    ["an atom", { mask: [0, 1, 0], values: [0, 0, 1, 0, 0, 0] }, OPEN.map((open) => 1 - open)],
    ["a quantile", { mask: [0, 1, 0], values: [0, 0, 0, 1, 0.7, 0] }, [0.5 * 0.6, 0.8 * 0.1]],
    ["the end of the last interval", { mask: [0, 1, 0], values: [0, 0, 0, 1, 1, 0] }, [0.5 * 0.6, 0.8 * 0.1]],
    ["both columns", { mask: [1, 1, 0], values: [1, 0, 0, 1, -0.2, 0] }, [0.1 * 0.5 * 0.4, 0.8 * 0.8 * 0.9]],
  ])("takes classes as likely as they make what is given: %s", async (_, given, likelihoods) => {
    const { classes } = await drawn(given);
    expect(share(classes, 0)).toBeCloseTo(posterior(likelihoods), 2);
  });
});
