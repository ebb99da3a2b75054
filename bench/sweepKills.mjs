// Kills workers of a sweep while they train, and counts what came back: a sweep of 40 small runs on a Redis server of its own, two workers, 20 kills
// (SIGKILL, each in the middle of a run). After npm run build, in about two minutes: node bench/sweepKills.mjs [--runs 40] [--kills 20]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { QueueEvents } from "bullmq";
import { Redis } from "ioredis";

const { values } = parseArgs({ options: { runs: { type: "string" }, kills: { type: "string" } } });
const RUNS = Number(values.runs ?? 40);
const KILLS = Number(values.kills ?? 20);
const WORKERS = 2;
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "monge-kills-"));
const port = await freePort();
const address = `redis://127.0.0.1:${port}`;

const redis = spawn("redis-server", ["--port", `${port}`, "--dir", folder, "--save", ""], { stdio: "ignore" });
let isOver = false;
let kills = 0;
const started = performance.now();
try {
  const client = new Redis(port, "127.0.0.1", { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => {});
  await client.ping();
  const seeds = Array.from({ length: RUNS / 2 }, (_, seed) => seed).join();
  // Sixty points, of which six are held out: exact distances between them take no time.
  const points = Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${i % 7}`).join("\n");
  writeFileSync(join(folder, "points.csv"), `a,b\n${points}\n`);
  const tiny =
    "--data points.csv --as points --width 8 --depth 1 --batch 16 --iterations 20 --evaluate-every 10 --settle 0".split(
      " ",
    );
  const argv = [...tiny, "--losses", "w-gp,w-lp", "--seeds", seeds];
  const sweep = monge("sweep", ...argv, "--out", "swept", "--queue", address, "--json");
  const returns = new Map();
  const listener = client.duplicate();
  const events = await eventsOf(listener, sweep);
  events.on("completed", ({ jobId }) => returns.set(jobId, (returns.get(jobId) ?? 0) + 1));
  const lanes = Array.from({ length: WORKERS }, () => lane());
  const code = await sweep.ended;
  isOver = true;
  await Promise.all(lanes);
  await events.close();
  for (const one of [client, listener]) one.disconnect();
  const here = monge("sweep", ...argv, "--out", "here", "--json", "--quiet");
  await here.ended;
  report(code, figuresIn(sweep.out()), figuresIn(here.out()), returns);
} finally {
  redis.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

/** Starts workers one after the other, and kills each in the middle of a run until there have been kills enough. */
async function lane() {
  while (!isOver) {
    const worker = monge("worker", "--queue", address, "--concurrency", "1", "--stalled-after", "1");
    const mayKill = kills < KILLS;
    if (mayKill) kills++;
    // It says so of a run when the first evaluation is done.
    while (mayKill && !isOver && !/ {2}0\/20/.test(worker.err())) await delay(5);
    while (!mayKill && !isOver && worker.child.exitCode === null) await delay(50);
    worker.child.kill("SIGKILL");
    await worker.ended;
  }
}

async function eventsOf(connection, sweep) {
  while (!/The sweep is (\S+) in the queue/.test(sweep.err())) await delay(20);
  const [, id] = sweep.err().match(/The sweep is (\S+) in the queue/);
  const events = new QueueEvents(id, { connection, prefix: "monge", lastEventId: "0-0" });
  events.on("error", () => {});
  return events;
}

function report(code, swept, here, returns) {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const names = Object.keys(here);
  const once = names.filter((name) => returns.get(name) === 1).length;
  const equal = names.filter((name) => JSON.stringify(swept[name]) === JSON.stringify(here[name])).length;
  const cores = readFileSync("/proc/cpuinfo", "utf8").match(/^processor/gm)?.length;
  console.log(
    `| runs | workers | kills | exit code | came back | exactly once | figures of an undisturbed sweep | seconds, ${cores} cores |`,
  );
  console.log("|---|---|---|---|---|---|---|---|");
  console.log(
    `| ${names.length} | ${WORKERS} | ${kills} | ${code} | ${Object.keys(swept).length} | ${once} | ${equal} | ${seconds} |`,
  );
  if (equal !== names.length || once !== names.length || code !== 0) process.exitCode = 1;
}

function figuresIn(json) {
  const { settings } = JSON.parse(json);
  return Object.fromEntries(settings.flatMap(({ runs }) => runs.map(({ name, figures }) => [name, figures])));
}

function monge(...argv) {
  const env = { ...process.env, MONGE_CACHE: join(folder, "cache") };
  const child = spawn(process.execPath, [main, ...argv], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  return { child, out: () => out, err: () => err, ended: once(child, "close").then(([code]) => code) };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
