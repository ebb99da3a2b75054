/**
 * From training to a file that any ONNX runtime loads: trains a generator, writes it as `.onnx`, and runs that file with
 * onnxruntime-node alone. The first axis is open, so one file makes any number of samples.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRng, generatorModel, type Model, moons, resolveConfig, samplerOf, train, trainOptions } from "monge";
import { InferenceSession, Tensor } from "onnxruntime-node";

const SAMPLES = 5;

/** @returns the largest difference between what the file makes and what the library makes of the same latents */
export async function main(iterations = 300): Promise<number> {
  const model = await trained(iterations);
  const latents = createRng(1).normals(SAMPLES * model.game.latent);
  const folder = await mkdtemp(join(tmpdir(), "monge-onnx-"));
  try {
    const path = join(folder, "moons.onnx");
    await writeFile(path, generatorModel(model, { data: "moons", loss: "w-gp" }));

    const session = await InferenceSession.create(path);
    const feeds = { latent: new Tensor("float32", latents, [SAMPLES, model.game.latent]) };
    const points = (await session.run(feeds)).samples!.data as Float32Array;
    await session.release();

    for (let i = 0; i < SAMPLES; i++) console.log(`(${points[2 * i]!.toFixed(3)}, ${points[2 * i + 1]!.toFixed(3)})`);
    const difference = largestDifference(points, await byTheLibrary(model, latents));
    console.log(`largest difference from the library's own samples: ${difference.toExponential(1)}`);
    return difference;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function trained(iterations: number): Promise<Model> {
  const data = moons();
  const config = resolveConfig({ data: "moons", loss: "w-gp", width: 32, iterations, evaluateEvery: 0 }, data);
  for await (const event of train(trainOptions(config, data))) {
    if (event.type === "diverged") throw new Error(event.message);
    if (event.type === "end") return event.model;
  }
  throw new Error("the run did not end");
}

async function byTheLibrary(model: Model, latents: Float32Array): Promise<Float32Array> {
  const sampler = await samplerOf(model, SAMPLES);
  const latent = { shape: [SAMPLES, model.game.latent], data: latents };
  const { samples } = await sampler.run(model.state, { latent });
  await sampler.release();
  return samples;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
