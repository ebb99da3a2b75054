// Chains of matrix products in ONNX Runtime.
import { compile } from "../../dist/engine/index.js";
import { chainInputs, chainProgram, normals } from "./chainProgram.mjs";
import { trainerThreads } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

async function setUp({ chain }) {
  const specs = chainInputs(chain);
  const program = await compile(chainProgram(chain), specs, trainerThreads);
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, { shape }], i) => [name, { shape, data: normals(shape, i + 1) }]),
  );
  const multiply = () => program.run(inputs);
  await multiply();
  return { answer: {}, run: repeated(multiply) };
}

await serve({ setUp });
