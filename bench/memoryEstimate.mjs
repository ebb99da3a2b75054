// The estimate by which a run that cannot fit into memory is refused, beside what runs take: the most resident memory of a process that
// trains for two iterations and evaluates.
//   npm run build && node bench/memoryEstimate.mjs
import { fork } from "node:child_process";
import { once } from "node:events";
import { openDataset } from "../dist/data/open.js";
import { resolveConfig } from "../dist/runs/config.js";
import { PROCESS_MEMORY } from "../dist/runs/memory.js";
import { trainingMemory } from "../dist/runs/memoryEstimate.js";
import { trainOptions } from "../dist/runs/trainOptions.js";
import { train } from "../dist/training/train.js";

const GIBI = 2 ** 30;

/** Settings beside the defaults, and a side and channels for images of noise. */
const RUNS = [
  { loss: "w-gp" },
  { loss: "w-gp", batch: 4096 },
  { loss: "w-gp", batch: 4096, width: 512 },
  { loss: "bce", batch: 4096, width: 512 },
  { loss: "w-clip", batch: 16384, width: 256, depth: 3 },
  { loss: "w-sn", batch: 16384, width: 256, depth: 3 },
  { loss: "w-orth", batch: 8192, width: 256, depth: 3 },
  { loss: "w-gp", batch: 4096, width: 256, criticSteps: 10 },
  { loss: "w-gp", batch: 4096, width: 256, normalisation: "batch", criticNormalisation: "layer" },
  { loss: "w-gp", batch: 256, width: 4096, depth: 3 },
  { loss: "w-gp", batch: 64, width: 128, depth: 40 },
  { loss: "w-gp", images: [28, 1] },
  { loss: "bce", images: [32, 3] },
  { loss: "w-gp", images: [32, 3], width: 64, criticSteps: 1 },
  { loss: "w-gp", images: [64, 3], batch: 32, criticSteps: 1 },
  { loss: "w-clip", images: [64, 3], batch: 32, criticSteps: 2 },
  { loss: "w-gp", images: [32, 3], network: "mlp", width: 1024, batch: 1024, normalisation: "none" },
];

async function prepared({ images, ...settings }) {
  const data = images ? noise(...images) : await openDataset("ring");
  const run = { data: data.name, iterations: 2, evaluateEvery: 2, checkpointEvery: 0, ...settings };
  return { data, config: resolveConfig(run, data) };
}

function noise(side, channels) {
  const size = side * side * channels;
  const batch = (rng, n) => rng.uniforms(n * size);
  return { name: "noise", shape: [side, side, channels], range: [-1, 1], size: 60_000, batch };
}

process.once("message", async (run) => {
  const { data, config } = await prepared(run);
  for await (const event of train(trainOptions(config, data))) {
    if (event.type === "diverged") console.error(event.message);
  }
  process.send(process.resourceUsage().maxRSS * 1024);
  process.disconnect();
});

if (!process.send) {
  console.log("| run | measured, GiB | estimate, GiB | ratio |\n|---|---|---|---|");
  for (const run of RUNS) {
    const child = fork(import.meta.filename);
    child.send(run);
    const [measured] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [Number.NaN])]);
    const { data, config } = await prepared(run);
    const estimate = PROCESS_MEMORY + trainingMemory(config, data);
    const { loss, ...rest } = run;
    const name = `${loss} ${Object.entries(rest)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(" x ") : value}`)
      .join(", ")}`;
    console.log(
      `| ${name} | ${(measured / GIBI).toFixed(2)} | ${(estimate / GIBI).toFixed(2)} | ${(estimate / measured).toFixed(2)} |`,
    );
  }
}
