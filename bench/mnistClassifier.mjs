// Trains the classifier of MNIST digits that the metrics use, prints its accuracy on the 10,000 test digits and writes it as ONNX.
//
//     npm run build && node bench/mnistClassifier.mjs --out assets/mnist-classifier.onnx [--seed 0] [--iterations 5000]
import { parseArgs } from "node:util";
import { mnistLabelled } from "../dist/data/sets/mnist.js";
import { writeFileAtomically } from "../dist/files.js";
import { classifierModel, loadMnistClassifier, trainMnistClassifier } from "../dist/metrics/mnistClassifier/index.js";

const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "assets/mnist-classifier.onnx" },
    seed: { type: "string", default: "0" },
    iterations: { type: "string", default: "5000" },
  },
});
const [seed, iterations] = [Number(options.seed), Number(options.iterations)];
const { train, test } = await mnistLabelled();

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
let sum = 0;
const parameters = await trainMnistClassifier(train, {
  seed,
  iterations,
  onUpdate(iteration, loss) {
    sum += loss;
    if (iteration % 100 !== 0) return;
    console.error(`${iteration}/${iterations}  mean loss ${(sum / 100).toFixed(4)}  ${seconds()}`);
    sum = 0;
  },
});
await writeFileAtomically(options.out, classifierModel(parameters, { data: "mnist", seed: options.seed }));

const classifier = await loadMnistClassifier(options.out);
const count = test.labels.length;
const digits = await classifier.classify(
  Float32Array.from(test.images, (byte) => byte / 127.5 - 1),
  count,
);
await classifier.release();
const right = digits.filter((digit, i) => digit === test.labels[i]).length;
console.log(`${options.out}: ${((100 * right) / count).toFixed(2)} % of ${count} test digits, after ${seconds()}`);
