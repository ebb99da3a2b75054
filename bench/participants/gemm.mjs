// Chains of matrix products in ONNX Runtime.
import { compile } from "../../dist/engine/index.js";
import { createRng } from "../../dist/random.js";
import { chainInputs, chainProgram } from "./chainProgram.mjs";
import { trainerThreads } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

async function setUp({ chain }) {
  const specs = chainInputs(chain);
  const program = await compile(chainProgram(chain), specs, trainerThreads);
  const inputs = Object.fromEntries(Object.entries(specs).map(([name, { shape }], i) => [name, matrix(shape, i + 1)]));
  const multiply = () => program.run(inputs);
  await multiply();
  return { answer: {}, run: repeated(multiply) };
}

/** Products of such matrices stay as large as their operands. */
function matrix([height, width], seed) {
  const normals = createRng(seed).normals(height * width);
  return { shape: [height, width], data: normals.map((value) => value / Math.sqrt(height)) };
}

await serve({ setUp });
