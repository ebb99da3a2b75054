import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { mlflow } from "../../src/logging/mlflow/mlflow.js";
import { loggedRun } from "./loggedRun.js";

// What the documentation of the REST API says of requests: https://mlflow.org/docs/latest/rest-api.html
const key = z.string().regex(/^[\w./ :-]{1,250}$/);
const tag = z.strictObject({ key, value: z.string().max(8000) });
const metric = z.strictObject({
  key,
  value: z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]),
  timestamp: z.int(),
  step: z.int(),
});
const logBatch = z.strictObject({
  run_id: z.string(),
  metrics: z.array(metric).max(1000).optional(),
  params: z
    .array(z.strictObject({ key, value: z.string().max(6000) }))
    .max(100)
    .optional(),
});
const requests = {
  "experiments/create": z.strictObject({ name: z.string() }),
  "runs/create": z.strictObject({
    experiment_id: z.string(),
    run_name: z.string(),
    start_time: z.int(),
    tags: z.array(tag).max(100),
  }),
  "runs/log-batch": logBatch,
  "runs/update": z.strictObject({
    run_id: z.string(),
    status: z.enum(["RUNNING", "FINISHED", "FAILED", "KILLED"]),
    end_time: z.int().optional(),
  }),
};

/** A server in this process that answers as documented, and remembers. */
const state = {
  experiment: false,
  metrics: [] as z.infer<typeof metric>[],
  params: new Map<string, string>(),
  runs: [] as { status: string; name: string }[],
  files: [] as string[],
  batches: [] as number[],
  headers: [] as IncomingMessage["headers"][],
  /** Answers to the next log-batch with this status. */
  broken: 0,
};

async function answerTo(request: IncomingMessage): Promise<[status: number, body: object]> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  state.headers.push(request.headers);
  const path = pathname.replace("/api/2.0/mlflow/", "");
  const run = (index: number) => ({
    info: { run_id: `run-${index}`, artifact_uri: `mlflow-artifacts:/7/run-${index}/artifacts` },
  });
  if (request.method === "PUT") {
    state.files.push(`${pathname} ${(await text(request)).length}`);
    return [200, {}];
  }
  if (path === "experiments/get-by-name")
    return state.experiment && searchParams.get("experiment_name") === "monge"
      ? [200, { experiment: { experiment_id: "7", lifecycle_stage: "active" } }]
      : [404, { error_code: "RESOURCE_DOES_NOT_EXIST", message: "none of that name" }];
  if (path === "runs/get") {
    const last = new Map(state.metrics.map(({ key, step }) => [key, step]));
    const metrics = [...last].map(([key, step]) => ({ key, step, value: 0, timestamp: 0 }));
    return [200, { run: { ...run(Number(searchParams.get("run_id")?.slice(4))), data: { metrics } } }];
  }
  const schema = Object.entries(requests).find(([name]) => name === path)?.[1];
  if (!schema || request.method !== "POST" || request.headers["content-type"] !== "application/json")
    return [404, { error_code: "ENDPOINT_NOT_FOUND", message: path }];
  const body: unknown = JSON.parse(await text(request));
  const checked = schema.safeParse(body);
  if (!checked.success) return [400, { error_code: "INVALID_PARAMETER_VALUE", message: checked.error.message }];
  if (path === "experiments/create") state.experiment = true;
  if (path === "experiments/create") return [200, { experiment_id: "7" }];
  if (path === "runs/create") {
    state.runs.push({ status: "RUNNING", name: requests["runs/create"].parse(body).run_name });
    return [200, { run: { ...run(state.runs.length - 1), data: {} } }];
  }
  if (path === "runs/update") {
    const { run_id, status } = requests["runs/update"].parse(body);
    const found = state.runs[Number(run_id.slice(4))];
    if (found) found.status = status;
    return [200, {}];
  }
  if (state.broken > 0) return [503, { error_code: "TEMPORARILY_UNAVAILABLE", message: `broken ${state.broken--}` }];
  const { metrics = [], params = [] } = logBatch.parse(body);
  state.metrics.push(...metrics);
  state.batches.push(metrics.length);
  for (const { key, value } of params) state.params.set(key, value);
  return [200, {}];
}

const server = createServer((request, response) => {
  answerTo(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
});
let folder: string;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-mlflow-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  Object.assign(state, {
    experiment: false,
    metrics: [],
    params: new Map(),
    runs: [],
    files: [],
    batches: [],
    headers: [],
    broken: 0,
  });
});

const steps = () => state.metrics.map(({ key, step, value }) => [key, step, value]);

describe("an MLflow server", () => {
  it("gets settings, metrics in requests of at most 1000, pictures and how the run ended", async () => {
    const settings = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`setting${i}`, i]));
    const run = loggedRun(join(folder, "whole"), { settings: { ...settings, long: "x".repeat(7000), warmUp: null } });
    const logger = await mlflow.open(run, `http://${address}`);
    expect(state.runs).toEqual([]);
    await logger.begin();
    expect(state.runs).toEqual([{ status: "RUNNING", name: "whole" }]);
    expect([state.params.size, state.params.get("setting129"), state.params.get("warmUp")]).toEqual([
      132,
      "129",
      "null",
    ]);
    for (let iteration = 1; iteration <= 1500; iteration++)
      await logger.scalars(iteration, { "training/value": iteration, "training/criticLoss": -iteration });
    await logger.scalars(1500, { "evaluation/emd": Number.NaN, "evaluation/slope": -Infinity });
    await logger.images?.(1500, { samples: Buffer.from("picture") });
    await logger.end("diverged");
    expect(state.metrics.length).toBe(3002);
    expect(Math.max(...state.batches)).toBeLessThanOrEqual(1000);
    expect(steps().slice(-2)).toEqual([
      ["evaluation/emd", 1500, "NaN"],
      ["evaluation/slope", 1500, "-Infinity"],
    ]);
    expect(state.files).toEqual(["/api/2.0/mlflow-artifacts/artifacts/7/run-0/artifacts/samples/00001500.png 7"]);
    expect(state.runs[0]?.status).toBe("FAILED");
  });

  it("goes on with its run, and gets no step twice; what may differ becomes a run of its own", async () => {
    const directory = join(folder, "resumed");
    const log = async (more: object, from: number, to: number) => {
      const logger = await mlflow.open(loggedRun(directory, more), `http://${address}/`);
      await logger.begin();
      for (let iteration = from; iteration <= to; iteration++) await logger.scalars(iteration, { value: iteration });
      await logger.end("finished");
    };
    await log({}, 1, 5);
    await log({ isNew: false, iteration: 3 }, 4, 7);
    expect(state.runs.length).toBe(1);
    expect(steps()).toEqual([1, 2, 3, 4, 5, 6, 7].map((step) => ["value", step, step]));
    await log({ isNew: false, iteration: 7, isChanged: true }, 8, 8);
    expect(state.runs.length).toBe(1);
    await log({ isNew: false, iteration: 3, isChanged: true }, 4, 4);
    expect(state.runs.length).toBe(2);
    expect(JSON.parse(await readFile(join(directory, "mlflow.json"), "utf8"))).toEqual({
      address: `http://${address}`,
      run: "run-1",
    });
  });

  it("that fails for a while is told once, and gets everything later", async () => {
    const logger = await mlflow.open(loggedRun(join(folder, "broken")), `http://${address}`);
    await logger.begin();
    state.broken = 1;
    const failures: string[] = [];
    for (let iteration = 1; iteration <= 2500; iteration++) {
      await logger.scalars(iteration, { value: iteration }).catch((error: Error) => failures.push(error.message));
      if (iteration % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await logger.end("finished");
    expect(failures).toEqual([
      `the MLflow server at http://${address} answers mlflow/runs/log-batch with 503 TEMPORARILY_UNAVAILABLE: broken 1`,
    ]);
    expect(steps()).toEqual(Array.from({ length: 2500 }, (_, i) => ["value", i + 1, i + 1]));
  });

  it("is given a name and password, which stand nowhere else", async () => {
    const directory = join(folder, "secret");
    const logger = await mlflow.open(loggedRun(directory), `http://ann:p%40ss@${address}`);
    await logger.begin();
    const basic = `Basic ${Buffer.from("ann:p@ss").toString("base64")}`;
    expect(new Set(state.headers.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
    expect(await readFile(join(directory, "mlflow.json"), "utf8")).not.toContain("ss@");
    await logger.end("stopped");
    expect(state.runs.at(-1)?.status).toBe("KILLED");
  });

  it("that is none, is not there or refuses is told before anything is begun", async () => {
    const open = (target: string) => mlflow.open(loggedRun(join(folder, "none")), target);
    await expect(open("localhost:5000")).rejects.toThrow(/^"localhost:5000" is not the address of an MLflow server/);
    await expect(open("http://127.0.0.1:1")).rejects.toThrow(
      /^The MLflow server at http:\/\/127.0.0.1:1 does not answer \(.*\); see to it, or leave out --log mlflow\.$/,
    );
    await expect(open(`http://${address}/elsewhere`)).rejects.toThrow(
      /answers mlflow\/experiments.* with 404 ENDPOINT/,
    );
  });
});
