import { writeFileAtomically } from "../dist/files.js";
import { classifierModel, loadMnistClassifier, trainClassifier } from "../dist/metrics/mnistClassifier/index.js";

/** Trains a classifier of pictures of 28 x 28 in ten classes, writes it as ONNX and prints how many of the test pictures it knows. */
export async function trainedClassifier({ train, test }, { out, seed, iterations, data }) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  let sum = 0;
  const parameters = await trainClassifier(train, {
    seed: Number(seed),
    iterations: Number(iterations),
    onUpdate(iteration, loss) {
      sum += loss;
      if (iteration % 100 !== 0) return;
      console.error(`${iteration}/${iterations}  mean loss ${(sum / 100).toFixed(4)}  ${seconds()}`);
      sum = 0;
    },
  });
  await writeFileAtomically(out, classifierModel(parameters, { data, seed }));
  const classifier = await loadMnistClassifier(out);
  const count = test.labels.length;
  const found = await classifier.classify(
    Float32Array.from(test.images, (byte) => byte / 127.5 - 1),
    count,
  );
  await classifier.release();
  const right = found.filter((place, i) => place === test.labels[i]).length;
  console.log(`${out}: ${((100 * right) / count).toFixed(2)} % of ${count} test pictures, after ${seconds()}`);
}
