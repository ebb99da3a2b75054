// Trains the classifier of Fashion-MNIST that pictures other than digits are compared by, prints its accuracy on the 10,000 test pictures and
// writes it as ONNX. The four IDX files are those of the Debian package `dataset-fashion-mnist`, in /usr/share/datasets/fashion-mnist.
//
//     npm run build && node bench/fashionClassifier.mjs --from /usr/share/datasets/fashion-mnist --out assets/fashion-classifier.onnx
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readBytes } from "../dist/data/sources/bytes.js";
import { parseIdx } from "../dist/data/sources/idx.js";
import { trainedClassifier } from "./trainedClassifier.mjs";

const { values: options } = parseArgs({
  options: {
    from: { type: "string", default: "/usr/share/datasets/fashion-mnist" },
    out: { type: "string", default: "assets/fashion-classifier.onnx" },
    seed: { type: "string", default: "0" },
    iterations: { type: "string", default: "5000" },
  },
});
const part = async (name) => {
  const read = async (kind) => parseIdx(await readBytes(join(options.from, `${name}-${kind}-ubyte.gz`)), kind).data;
  return { images: await read("images-idx3"), labels: await read("labels-idx1") };
};
const [train, test] = [await part("train"), await part("t10k")];
await trainedClassifier({ train, test }, { ...options, data: "fashion-mnist" });
