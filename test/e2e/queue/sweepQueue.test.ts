import { once } from "node:events";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announceSweep, PREFIX } from "../../../src/sweeps/queue/queueJobs.js";
import { FEW_POINTS, type Started, startMonge, TINY } from "./commands.js";
import { describeWithRedis, type RedisServer, redisServer } from "./redisServer.js";

/** Processes begin slowly where many do at once. */
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let started: Started[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-queue-"));
  await writeFile(join(folder, "points.csv"), FEW_POINTS);
});
afterEach(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  await Promise.all(started.map(({ ended }) => ended));
  started = [];
  await rm(folder, { recursive: true });
});

function monge(...argv: readonly string[]): Started {
  return mongeIn({}, ...argv);
}

function mongeIn(environment: Readonly<Record<string, string>>, ...argv: readonly string[]): Started {
  const one = startMonge(folder, argv, environment);
  started.push(one);
  return one;
}

const sweep = (address: string, ...argv: readonly string[]) =>
  monge("sweep", ...TINY, "--out", "swept", "--queue", address, ...argv);
const worker = (address: string, ...argv: readonly string[]) => monge("worker", "--queue", address, ...argv);

/** The figures of every run, by its name. */
function figuresIn(json: string): Record<string, object> {
  const { settings } = JSON.parse(json) as {
    settings: readonly { runs: readonly { name: string; figures: object }[] }[];
  };
  return Object.fromEntries(settings.flatMap(({ runs }) => runs.map(({ name, figures }) => [name, figures])));
}

describeWithRedis("a sweep on a queue", () => {
  let redis: RedisServer;
  afterEach(async () => await redis.remove());

  it("is trained by several workers, with the figures of one that is trained here, and its models come back", async () => {
    redis = await redisServer();
    const workers = [
      worker(redis.address, "--concurrency", "1"),
      worker(redis.address, "--concurrency", "2", "--drain"),
    ];
    await workers[1]?.ended;
    const grid = ["--set", "lambda=0.1,1", "--seeds", "0,1,2"];
    const swept = sweep(redis.address, ...grid, "--models", "--json");
    expect(await swept.ended).toBe(0);
    const here = monge("sweep", ...TINY, "--out", "here", ...grid, "--json", "--quiet");
    expect(await here.ended).toBe(0);
    const figures = figuresIn(swept.out());
    expect(Object.keys(figures)).toHaveLength(6);
    expect(figures).toEqual(figuresIn(here.out()));
    await access(join(folder, "swept", "runs", "0-w-gp-seed-0", "samples.png"));
    const resumed = monge("train", "--resume", "swept/runs/0-w-gp-seed-0", "--iterations", "3", "--quiet");
    expect(await resumed.ended).toBe(0);
    const client = new Redis(redis.port, "127.0.0.1");
    expect(await client.keys("*")).toEqual([]);
    client.disconnect();
    workers[0]?.child.kill("SIGINT");
    expect(await workers[0]?.ended).toBe(0);
  });

  it("speaks TLS with a password, and says what is wrong with either", async () => {
    redis = await redisServer({ tls: true, password: "secret" });
    const trusting = { NODE_EXTRA_CA_CERTS: redis.authority };
    const tasks = [
      mongeIn(trusting, "worker", "--queue", redis.address),
      mongeIn(trusting, "sweep", ...TINY, "--out", "swept", "--queue", redis.address, "--quiet"),
    ] as const;
    expect(await tasks[1].ended).toBe(0);
    const wrong = redis.address.replace("secret", "guessed");
    const refused = [
      [mongeIn(trusting, "worker", "--queue", wrong), /refuses the password/],
      [worker(redis.address), /certificate of .* is not trusted .*NODE_EXTRA_CA_CERTS/],
      [worker(redis.address.replace("rediss", "redis")), /cannot be reached|does not answer/],
    ] as const;
    for (const [one, sentence] of refused) {
      expect(await one.ended).toBe(2);
      expect(one.err()).toMatch(sentence);
      expect(one.err().trim().split("\n")).toHaveLength(1);
      expect(one.err()).not.toMatch(/secret|guessed/);
    }
  });

  it("is left alone by workers of another version, which take what is theirs", async () => {
    redis = await redisServer();
    const client = new Redis(redis.port, "127.0.0.1", { maxRetriesPerRequest: null });
    const queue = new Queue("other", { connection: client, prefix: PREFIX });
    await announceSweep(client, { id: "other", monge: "0.0.1", priority: 9, since: 0 });
    await queue.add("0-w-gp-seed-0", {});
    const drained = worker(redis.address, "--drain");
    expect(await drained.ended).toBe(0);
    expect(drained.err()).toContain("The sweep other is of monge 0.0.1, and this is 0.1.0");
    expect(await queue.getJobCounts("waiting", "active", "failed")).toMatchObject({ waiting: 1, active: 0, failed: 0 });
    client.disconnect();
  });

  it("fails a run whose data is other data on the worker, with the reason, and has the rest", async () => {
    redis = await redisServer();
    const there = join(folder, "other.csv");
    await writeFile(there, FEW_POINTS.replaceAll("6", "8"));
    const bad = worker(redis.address, "--data", there);
    const swept = sweep(redis.address);
    expect(await swept.ended).toBe(1);
    expect(swept.err()).toMatch(/failed: worker \S+: .*other\.csv is not the data that the sweep was planned on/);
    bad.child.kill("SIGINT");
    await bad.ended;
    worker(redis.address);
    const again = monge("sweep", "--out", "swept", "--queue", redis.address, "--json");
    expect(await again.ended).toBe(0);
    expect(Object.keys(figuresIn(again.out()))).toEqual(["0-w-gp-seed-0"]);
  });

  it.each([false, true])(
    "goes on when the server comes back, whether it has forgotten all or not (%s)",
    async (forgets) => {
      redis = await redisServer({ forgets });
      const swept = sweep(redis.address, "--seeds", "0,1,2,3", "--json");
      const [one] = [worker(redis.address, "--concurrency", "1")];
      await one?.said(/0-w-gp-seed-0 {2}2\/2/);
      await redis.kill();
      await swept.said("is away");
      await redis.start();
      expect(await swept.ended).toBe(0);
      expect(swept.err()).toContain("is back");
      expect(Object.keys(figuresIn(swept.out()))).toHaveLength(4);
    },
  );

  it("ends with a sentence when the server stays away, and the same command goes on", async () => {
    redis = await redisServer();
    const argv = ["--seeds", "0,1,2,3", "--reconnect", "1", "--json"];
    const swept = sweep(redis.address, ...argv);
    const one = worker(redis.address, "--concurrency", "1", "--reconnect", "1", "--stalled-after", "2");
    await one.said(/seed-0 {2}2\/2/);
    await redis.kill();
    expect([await swept.ended, await one.ended]).toEqual([2, 2]);
    for (const { err } of [swept, one]) expect(err()).toMatch(/went away \(.*\) and did not come back in 1 s\.\n$/);
    await redis.start();
    worker(redis.address, "--stalled-after", "2");
    const again = sweep(redis.address, ...argv);
    expect(await again.ended).toBe(0);
    expect(Object.keys(figuresIn(again.out()))).toHaveLength(4);
  });

  it("gets a run back from a worker that is stopped, and another goes on with it from its checkpoint", async () => {
    redis = await redisServer();
    const swept = sweep(redis.address, "--iterations", "1000000", "--evaluate-every", "1000000");
    const first = worker(redis.address);
    await first.said("seed-0  0/1000000");
    await delay(1000);
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const second = worker(redis.address);
    // The first line that it writes of the run.
    await second.said(/seed-0 {2}[1-9]\d*\/1000000/);
    expect(second.err()).not.toContain("seed-0  0/");
    swept.child.kill("SIGINT");
    expect(await swept.ended).toBe(130);
    expect(swept.err()).toContain("Repeat the command to resume");
  });

  it("loses nothing when workers are killed", async () => {
    redis = await redisServer();
    const swept = sweep(redis.address, "--seeds", "0,1,2,3,4,5", "--json");
    let kills = 0;
    let isOver = false;
    const lane = async (kill: boolean) => {
      while (!isOver) {
        const one = worker(redis.address, "--concurrency", "1", "--stalled-after", "1");
        if (kill && kills < 3) {
          await Promise.race([one.said(/seed-\d {2}0\/2/), swept.ended]).catch(() => {});
          one.child.kill("SIGKILL");
          kills++;
        } else await Promise.race([one.ended, swept.ended]);
        one.child.kill("SIGKILL");
        await one.ended;
      }
    };
    const lanes = [lane(true), lane(false)];
    expect(await swept.ended).toBe(0);
    isOver = true;
    await Promise.all(lanes);
    expect(kills).toBe(3);
    expect(Object.keys(figuresIn(swept.out()))).toHaveLength(6);
    expect(JSON.parse(await readFile(join(folder, "swept", "sweep.json"), "utf8")).runs).toHaveLength(6);
  });
});

describe("an address of a queue", () => {
  it.each([
    ["redis://127.0.0.1:1", /cannot be reached \(ECONNREFUSED\)/],
    ["redis://nowhere.invalid", /cannot be reached \((ENOTFOUND|EAI_AGAIN)\)/],
    ["http://127.0.0.1", /The address of a queue is redis:/],
    ["redis://127.0.0.1/first", /ends with the number of a database/],
  ])("%s is refused with a sentence", async (address, sentence) => {
    const one = worker(address);
    expect(await one.ended).toBe(2);
    expect(one.err()).toMatch(sentence);
    expect(one.err().trim().split("\n")).toHaveLength(1);
  });

  it("of something that does not answer is given up after some seconds", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const at = silent.address();
    const port = at !== null && typeof at !== "string" ? at.port : 0;
    const one = worker(`redis://127.0.0.1:${port}`);
    expect(await one.ended).toBe(2);
    expect(one.err()).toMatch(/cannot be reached/);
    silent.close();
  });

  it("goes with no option that it contradicts, and needs one", async () => {
    const cases = [
      [monge("sweep", ...TINY, "--out", "swept", "--models"), /--models is for a queue/],
      [sweep("redis://127.0.0.1:1", "--workers", "2"), /leave out one of them/],
      [monge("worker"), /give --queue/],
      [worker("redis://127.0.0.1:1", "--data", "a", "--data-root", "b"), /leave out one of them/],
    ] as const;
    for (const [one, sentence] of cases) {
      expect(await one.ended).toBe(2);
      expect(one.err()).toMatch(sentence);
    }
  });
});
