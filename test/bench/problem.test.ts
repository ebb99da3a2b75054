import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readProblem } from "../../bench/participants/problem.mjs";
import { namedTensors } from "../../src/game/tensorNames.js";
import { adam, createTrainer, grid, mlp, spectralNorm, wasserstein } from "../../src/index.js";
import { encodeSafetensors } from "../../src/runs/safetensors.js";

it("a row's problem keeps a critic's parameters apart from what its optimizer and its constraint carry along", async () => {
  const optimizer = adam({ learningRate: 1e-4 });
  const trainer = await createTrainer({
    generator: { network: mlp({ input: 2, output: [2], hidden: [4] }), optimizer },
    critic: { network: mlp({ input: [2], output: 1, hidden: [4, 4] }), optimizer, constraint: spectralNorm() },
    data: grid(),
    latent: 2,
    batch: 4,
    loss: wasserstein,
    criticSteps: 1,
    seed: 0,
  });
  const tensors = namedTensors((await trainer.snapshot()).state, trainer.layout);
  const named = Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`initial/${name}`, tensor]));
  const folder = await mkdtemp(join(tmpdir(), "monge-problem-"));
  try {
    const file = join(folder, "problem.safetensors");
    await writeFile(file, encodeSafetensors(named, { row: JSON.stringify({ network: "mlp" }) }));
    const { critic, left, layers } = readProblem(file);
    expect(layers).toBe(3);
    expect(Object.keys(left)).toEqual(["dense1.weight", "dense2.weight", "dense3.weight"]);
    expect(Object.keys(critic)).toEqual([1, 2, 3].flatMap((layer) => [`dense${layer}.weight`, `dense${layer}.bias`]));
  } finally {
    await rm(folder, { recursive: true });
  }
});
