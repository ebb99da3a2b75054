import { parentPort, workerData } from "node:worker_threads";
import { openDataset } from "../data/open.js";
import { type Assignment, STOP, type WorkerMessage } from "./compare.js";
import { runPairing } from "./pairingRun.js";

const { config, data, dataOptions, threads } = workerData as Assignment;
const say = (message: WorkerMessage) => parentPort!.postMessage(message);
const controller = new AbortController();
parentPort!.on("message", (message) => {
  if (message === STOP) controller.abort();
});

try {
  const outcome = await runPairing(config, await openDataset(data, dataOptions), {
    threads,
    signal: controller.signal,
    onProgress: (progress) => say({ type: "progress", progress }),
  });
  say({ type: "done", outcome });
} finally {
  // An open port would keep the thread alive.
  parentPort!.close();
}
