// Trains the classifier of MNIST digits that the metrics use, prints its accuracy on the 10,000 test digits and writes it as ONNX.
//
//     npm run build && node bench/mnistClassifier.mjs --out assets/mnist-classifier.onnx [--seed 0] [--iterations 5000]
import { parseArgs } from "node:util";
import { mnistLabelled } from "../dist/data/sets/mnist.js";
import { trainedClassifier } from "./trainedClassifier.mjs";

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "assets/mnist-classifier.onnx" },
    seed: { type: "string", default: "0" },
    iterations: { type: "string", default: "5000" },
  },
});
await trainedClassifier(await mnistLabelled(), { ...options, data: "mnist" });
