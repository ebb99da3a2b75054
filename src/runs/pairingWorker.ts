import { openDataset } from "../data/open.js";
import { serveThread } from "../parallel/threads.js";
import { type PairingOutcome, type PairingProgress, runPairing } from "./pairingRun.js";
import type { Assignment } from "./pairingRuns.js";

await serveThread<Assignment, PairingProgress, PairingOutcome>(
  async ({ config, dataOptions, threads, folder }, options) =>
    runPairing(config, await openDataset(config.data, dataOptions), { threads, folder, ...options }),
);
