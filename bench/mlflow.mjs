// Trains against a real MLflow server, and reads back what it has: node bench/mlflow.mjs http://127.0.0.1:5000
// The server: python3 -m venv mlflow && mlflow/bin/pip install mlflow && mlflow/bin/mlflow server
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metric } from "../dist/metrics/metric.js";
import { resumeRun } from "../dist/runs/resumeRun.js";
import { newRun } from "../dist/runs/run.js";
import { trainRun } from "../dist/runs/trainRun.js";

const [address = "http://127.0.0.1:5000"] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "monge-mlflow-"));
const directory = join(folder, "run");

/** Asks the server. */
async function ask(path, query) {
  const answer = await fetch(`${address}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return await answer.json();
}

/** Measures what is no number. */
const odd = metric({
  name: "odd",
  title: "Odd",
  summary: "Not a number, then infinite.",
  measure: ({ iteration }) => (iteration === 0 ? Number.NaN : Number.NEGATIVE_INFINITY),
});

/** Trains a run, to its end or until it is stopped at an iteration. */
async function trained(run, leaveAt = Number.POSITIVE_INFINITY) {
  const stop = new AbortController();
  for await (const event of trainRun(run, {
    logs: [`mlflow=${address}`],
    logEvery: 1,
    metrics: [odd],
    signal: stop.signal,
  })) {
    if (event.type === "warning") console.log(event.message);
    if (event.type === "step" && event.iteration >= leaveAt) stop.abort();
  }
}

const settings = {
  data: "ring",
  loss: "w-none",
  width: 16,
  batch: 32,
  settle: 0,
  iterations: 2000,
  evaluateEvery: 500,
};
await trained(await newRun({ ...settings, checkpointEvery: 400 }, directory), 1000);
// As if it had been killed: it goes on from before what the server has, and computes the steps between once more.
await rm(join(directory, "checkpoints", "00001000"), { recursive: true });
await trained(await resumeRun(directory));

const { run } = JSON.parse(await readFile(join(directory, "mlflow.json"), "utf8"));
const { info, data } = (await ask("runs/get", { run_id: run })).run;
const history = (await ask("metrics/get-history", { run_id: run, metric_key: "training/value", max_results: 20000 }))
  .metrics;
const steps = history.map(({ step }) => Number(step));
const pictures = (await ask("artifacts/list", { run_id: run, path: "samples" })).files ?? [];
console.log(
  `status ${info.status}, ${data.params.length} parameters, ${data.metrics.length} metrics, ${pictures.length} pictures`,
);
console.log(
  `training/value: ${steps.length} values at ${new Set(steps).size} steps, from ${Math.min(...steps)} to ${Math.max(...steps)}`,
);
const oddValues = (await ask("metrics/get-history", { run_id: run, metric_key: "evaluation/odd" })).metrics;
console.log(`evaluation/odd: ${oddValues.map(({ value }) => value).join(", ")}`);
await rm(folder, { recursive: true });
