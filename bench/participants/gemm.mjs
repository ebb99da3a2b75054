// A large matrix product in ONNX Runtime.
import { compile, matmul } from "../../dist/engine/index.js";
import { createRng } from "../../dist/random.js";
import { trainerThreads } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

async function setUp({ size }) {
  const shape = [size, size];
  const program = await compile(
    ({ a, b }) => ({ product: matmul(a, b) }),
    { a: { shape }, b: { shape } },
    trainerThreads,
  );
  const matrix = (seed) => ({ shape, data: createRng(seed).normals(size * size) });
  const inputs = { a: matrix(1), b: matrix(2) };
  const product = () => program.run(inputs);
  await product();
  return { answer: {}, run: repeated(product) };
}

await serve({ setUp });
