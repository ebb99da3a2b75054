import { describe, expect, it } from "vitest";
import { add, compile, leavesOf, mapTree, mul, type TensorData } from "../../src/engine/index.js";
import { values } from "./evaluate.js";

const tree = { left: { weight: values([1, 2]), bias: values([3]) }, right: values([4, 5]) };

describe("a tree of tensors", () => {
  it("has leaves with the names on the way to them, without those that are absent", () => {
    const average: TensorData | undefined = undefined;
    const found = leavesOf<TensorData>({ ...tree, average });
    expect(found.map(([names]) => names.join("."))).toEqual(["left.weight", "left.bias", "right"]);
  });

  it("keeps its names when its leaves change", () => {
    const sizes = mapTree(tree, ({ data }: TensorData, names) => `${names.at(-1)}: ${data.length}`);
    expect(sizes).toEqual({ left: { weight: "weight: 2", bias: "bias: 1" }, right: "right: 2" });
  });
});

describe("a program", () => {
  it("takes and gives trees, typed by the names that its function has for them", async () => {
    const program = await compile(
      ({ left, right }) => ({ sum: add(left.weight, right), next: { left: { weight: mul(left.weight, left.bias) } } }),
      tree,
    );
    const { sum, next } = await program.run(tree);
    expect(Array.from(sum.data)).toEqual([5, 7]);
    expect(Array.from(next.left.weight.data)).toEqual([3, 6]);
    await program.release();
  });

  it("names what is missing by all its names", async () => {
    const specs: { state: Record<string, { shape: number[] }> } = { state: { weight: { shape: [2] } } };
    const program = await compile(({ state }) => ({ twice: mul(state.weight!, 2) }), specs);
    await expect(async () => program.run({ state: {} })).rejects.toThrow(/"state\.weight".*\[2\]/);
    await program.release();
  });
});
