import { parentPort, workerData } from "node:worker_threads";
import { openDataset } from "../data/open.js";
import type { Assignment, WorkerMessage } from "./compare.js";
import { runPairing } from "./pairingRun.js";

const { config, data, dataOptions, threads } = workerData as Assignment;
const say = (message: WorkerMessage) => parentPort!.postMessage(message);

say({
  type: "done",
  outcome: await runPairing(config, await openDataset(data, dataOptions), {
    threads,
    onProgress: (progress) => say({ type: "progress", progress }),
  }),
});
