import { openDataset } from "../data/open.js";
import { serveThread } from "../threads.js";
import type { Assignment } from "./compare.js";
import { type PairingOutcome, type PairingProgress, runPairing } from "./pairingRun.js";

await serveThread<Assignment, PairingProgress, PairingOutcome>(
  async ({ config, data, dataOptions, threads }, options) =>
    runPairing(config, await openDataset(data, dataOptions), { threads, ...options }),
);
