// Memory of a long run: resident and external megabytes at each evaluation. After `npm run build`: node bench/memory.mjs [iterations]
import { grid, resolveConfig, train, trainOptions } from "../dist/index.js";

const iterations = Number(process.argv[2] ?? 6000);
const data = grid();
const settings = { data: "grid", loss: "w-gp", width: 64, batch: 64, iterations, evaluateEvery: iterations / 6 };
for await (const event of train({ ...trainOptions(resolveConfig(settings, data), data), checkpointEvery: 0 })) {
  if (event.type !== "evaluation") continue;
  const { rss, external } = process.memoryUsage();
  const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  console.log(`iteration ${event.evaluation.iteration}: resident ${megabytes(rss)}, external ${megabytes(external)}`);
}
