import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile, type TensorData } from "../../src/engine/index.js";
import {
  adam,
  adamw,
  cosine,
  linearDecay,
  type Optimizer,
  rmsprop,
  type Schedule,
  sgd,
} from "../../src/optimizers/index.js";
import "../allclose.js";
import { values } from "../engine/evaluate.js";

/** 20 updates as PyTorch makes them in float64; test/fixtures/optimizers/make.py says what is what. */
interface Fixture {
  readonly parameters: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly cases: readonly Case[];
}
interface Case {
  readonly optimizer: keyof typeof optimizers;
  readonly options: { readonly learningRate: number };
  readonly schedule?: { readonly kind: "linear" | "cosine"; readonly over: number; readonly to: number };
  readonly after: readonly {
    readonly update: number;
    readonly parameters: readonly number[];
    readonly slots: Readonly<Record<string, readonly number[]>>;
  }[];
}

const optimizers = { sgd, rmsprop, adam, adamw };
const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/optimizers/optimizers.json", import.meta.url), "utf8"),
) as Fixture;

function make({ optimizer, options, schedule }: Case): Optimizer {
  if (!schedule) return optimizers[optimizer](options);
  const made: Schedule = { linear: linearDecay, cosine }[schedule.kind](schedule);
  return optimizers[optimizer]({ ...options, learningRate: { initial: options.learningRate, schedule: made } });
}

type State = Readonly<Record<string, TensorData>>;

/** The state after each update of `optimizer` with the fixture's gradients, from zero slots. */
async function run(optimizer: Optimizer): Promise<State[]> {
  const n = fixture.parameters.length;
  const rates = optimizer.scalars(1).map((_, i) => `scalar${i}`);
  const shapes = {
    ...Object.fromEntries(["parameters", "gradient", ...optimizer.slots].map((name) => [name, { shape: [n] }])),
    ...Object.fromEntries(rates.map((name) => [name, { shape: [] }])),
  };
  const program = await compile(({ parameters, gradient, ...rest }) => {
    const slots = Object.fromEntries(optimizer.slots.map((name) => [name, rest[name]!]));
    const next = optimizer.update(
      parameters!,
      gradient!,
      slots,
      rates.map((name) => rest[name]!),
    );
    expect(Object.keys(next.slots)).toEqual(optimizer.slots);
    return Object.fromEntries(
      Object.entries({ parameters: next.parameters, ...next.slots }).map(([name, x]) => [`next ${name}`, x]),
    );
  }, shapes);
  let state: State = {
    parameters: values(fixture.parameters),
    ...Object.fromEntries(optimizer.slots.map((name) => [name, values(Array<number>(n).fill(0))])),
  };
  const states: State[] = [];
  for (const [i, gradient] of fixture.gradients.entries()) {
    const scalars = optimizer.scalars(i + 1).map((value, j) => [rates[j]!, values([value], [])] as const);
    const results = await program.run({ ...state, gradient: values(gradient), ...Object.fromEntries(scalars) });
    state = Object.fromEntries(Object.keys(state).map((name) => [name, results[`next ${name}`]!]));
    states.push(state);
  }
  await program.release();
  return states;
}

describe("20 updates equal PyTorch's", () => {
  const named = fixture.cases.map(
    (one) =>
      [`${one.optimizer} ${JSON.stringify(one.options)}${one.schedule ? ` ${one.schedule.kind}` : ""}`, one] as const,
  );

  it.each(named)("%s", async (_, one) => {
    const states = await run(make(one));
    const [first] = one.after;
    for (const name of ["parameters", ...Object.keys(first!.slots)]) {
      // The history of each element by itself, as their scales differ by orders of magnitude.
      for (let i = 0; i < fixture.parameters.length; i++) {
        const found = one.after.map(({ update }) => states[update - 1]![name]!.data[i]!);
        const expected = one.after.map(({ parameters, slots }) => (slots[name] ?? parameters)[i]!);
        expect(values(found), `${name}[${i}]`).toBeAllclose(values(expected), { relative: 2e-6 });
      }
    }
  });
});

describe("options out of range are refused", () => {
  it.each([
    ["a negative learning rate", () => adam({ learningRate: -1 }), "learningRate must be a number above 0, not -1"],
    [
      "a learning rate that is no number",
      () => sgd({ learningRate: Number.NaN }),
      "learningRate must be a number above 0",
    ],
    ["beta1 of 1", () => adam({ learningRate: 1, beta1: 1 }), "beta1 must be a number from 0 to below 1"],
    ["beta2 below 0", () => adamw({ learningRate: 1, beta2: -0.1 }), "beta2 must be a number from 0 to below 1"],
    ["epsilon of 0", () => rmsprop({ learningRate: 1, epsilon: 0 }), "epsilon must be a number above 0"],
    ["a decay of 2", () => rmsprop({ learningRate: 1, decay: 2 }), "decay must be a number from 0 to below 1"],
    [
      "a negative weight decay",
      () => adamw({ learningRate: 1, weightDecay: -1 }),
      "weightDecay must be a number from 0",
    ],
    ["nesterov without momentum", () => sgd({ learningRate: 1, nesterov: true }), "nesterov needs a momentum above 0"],
    [
      "a schedule over 0 updates",
      () => cosine({ over: 0 }),
      "updates that a learning rate decays over must be a number above 0",
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});
