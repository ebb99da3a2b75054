import { describe, expect, it } from "vitest";
import { leavesOf, type TensorData } from "../../src/engine/index.js";
import { mlp } from "../../src/networks/index.js";
import "../allclose.js";
import { values } from "../engine/evaluate.js";
import { dropping, reached, small, tinyGame } from "../game/tinyGame.js";

describe("gradients that are reduced", () => {
  it.each([
    ["with batch normalisation", mlp({ input: 2, output: 2, hidden: [8], normalisation: "batch" }), small.critic],
    ["with noise", small.generator, dropping],
  ])("give what steps as one program give, to rounding: %s", async (_, generator, critic) => {
    const seen: number[] = [];
    const reduce = async (gradient: Float32Array) => void seen.push(gradient.length);
    const whole = await reached(3, tinyGame({ generator, critic }));
    const pieces = await reached(3, tinyGame({ generator, critic }, { reduce }));
    const sizes = [whole.state.critic, whole.state.generator].map(({ parameters }) => parameters.data.length);
    expect(seen).toEqual(Array.from({ length: 9 }, (_, i) => (i % 3 < 2 ? sizes[0] : sizes[1])));
    expect(pieces.rng).toEqual(whole.rng);
    const expected = leavesOf<TensorData>(whole.state);
    for (const [i, [names, found]] of leavesOf<TensorData>(pieces.state).entries()) {
      expect(found, names.join(".")).toBeAllclose(expected[i]![1], { relative: 1e-5, absolute: 1e-7 });
    }
  });

  it("are what the update uses: their mean over two halves is that of the whole batch", async () => {
    const halved = async (gradient: Float32Array) => {
      for (let i = 0; i < gradient.length; i++) gradient[i]! /= 2;
    };
    const usual = await reached(1, tinyGame(small, { criticSteps: 1 }));
    const half = await reached(1, tinyGame(small, { criticSteps: 1, reduce: halved }));
    const first = await reached(0, tinyGame(small));
    const moved = ({ state }: typeof usual) =>
      Array.from(state.critic.parameters.data, (x, i) => x - first.state.critic.parameters.data[i]!);
    const twice = moved(half).map((x) => 2 * x);
    expect(values(twice)).toBeAllclose(values(moved(usual)), { relative: 1e-3, absolute: 1e-6 });
  });
});
