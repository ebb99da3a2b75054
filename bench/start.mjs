// What it takes to begin: the command's help, the import of the library, the first iteration of the row toy-128, `monge train`, the Studio page,
// and the package.
//   npm run build && node bench/start.mjs [--rounds 9] [--json FILE]
// Times are medians (minima), each of a process of its own or of a browser with nothing in its cache; files on disk are warm.
import { execFile } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { startStudioServer } from "../dist/studioServer/server.js";
import { parsed, reporting, wholeNumber } from "./commandLine.mjs";
import { machine } from "./machine.mjs";
import { withParticipants } from "./participants/join.mjs";
import { participantsWith } from "./participants/participants.mjs";
import { trainingRows } from "./rows.mjs";
import { summary } from "./statistics.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const command = join(root, "lib/cli/main.js");
const run = promisify(execFile);
const MEGABYTE = 1e6;

async function milliseconds(program, ...argv) {
  const began = performance.now();
  await run(program, argv);
  return performance.now() - began;
}

/** Within a process that runs already. */
async function importTime() {
  const address = JSON.stringify(new URL("../lib/index.js", import.meta.url).href);
  const script = `const began = performance.now(); await import(${address}); console.log(performance.now() - began);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
  return Number(stdout);
}

/** From the start of a process to the end of its first iteration, with the package as a library. */
function firstIteration() {
  const request = { do: "start", row: trainingRows["toy-128"] };
  return withParticipants(async (begin) => 1000 * (await begin(participantsWith().ours, request)).seconds);
}

/** A whole run of one iteration: nearly all of it is the evaluation at its end. */
async function trainOnce(folder) {
  const options = ["--data", "grid", "--width", "128", "--iterations", "1", "--settle", "0", "--quiet", "--force"];
  return milliseconds(process.execPath, command, "train", ...options, "--out", join(folder, "run"));
}

/** `npx monge` in a project that has the package installed. */
async function installed(folder) {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  await symlink(root, join(modules, "monge"));
  await symlink(command, join(modules, ".bin", "monge"));
  return async () => {
    const began = performance.now();
    await run("npx", ["--no", "monge", "--help"], { cwd: folder });
    return performance.now() - began;
  };
}

/** The page of `monge studio`, until both runs of the default view can be played, and the bytes that come from the server until then. */
async function openPage(browser, address) {
  const sockets = new Map();
  const count = ({ socket }) => sockets.set(socket, socket.bytesWritten);
  subscribe("http.server.response.finish", count);
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(address);
  await page.waitForSelector(".picture[aria-busy=false]");
  const time = performance.now() - began;
  unsubscribe("http.server.response.finish", count);
  await context.close();
  return { time, bytes: [...sockets.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

async function pageFigures(rounds) {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const args = ["--headless", "--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath, args });
  const server = await startStudioServer({});
  const opened = [];
  for (let round = 0; round < rounds; round++) opened.push(await openPage(browser, server.address));
  // Chromium's crash handler may outlive it, and `close` then waits for ever.
  void browser.close();
  await server.close();
  return { times: opened.map(({ time }) => time), bytes: opened[0].bytes };
}

async function times(rounds, measure) {
  const found = [];
  for (let round = 0; round < rounds; round++) found.push(await measure());
  return found;
}

const OPTIONS = /** @type {const} */ ({
  rounds: { type: "string", default: "9" },
  json: { type: "string" },
  help: { type: "boolean", default: false },
});

async function main() {
  const options = parsed(process.argv.slice(2), OPTIONS, "node bench/start.mjs");
  if (options.help) {
    console.log("node bench/start.mjs [--rounds n] [--json FILE]: how long it takes to begin (bench/README.md)");
    return;
  }
  const rounds = wholeNumber("--rounds", options.rounds);
  const folder = await mkdtemp(join(tmpdir(), "monge-start-"));
  const viaNpx = await installed(folder);
  const page = await pageFigures(rounds);
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: root, maxBuffer: 2 ** 26 });
  const [packed] = JSON.parse(stdout);
  const figures = [
    ["Node alone", "ms", await times(rounds, () => milliseconds(process.execPath, "-e", "0"))],
    ["monge --help, by node", "ms", await times(rounds, () => milliseconds(process.execPath, command, "--help"))],
    ["npx monge --help", "ms", await times(rounds, viaNpx)],
    ["import monge, in a process that runs", "ms", await times(rounds, importTime)],
    ["process to first iteration, toy-128", "ms", await times(rounds, firstIteration)],
    ["monge train, 1 iteration, evaluated and drawn", "ms", await times(rounds, () => trainOnce(folder))],
    ["Studio page, until it can be played", "ms", page.times],
    ["Studio page, sent until then", "MB", [page.bytes / MEGABYTE]],
    ["package, unpacked", "MB", [packed.unpackedSize / MEGABYTE]],
    ["package, packed", "MB", [packed.size / MEGABYTE]],
  ];
  await rm(folder, { recursive: true });
  for (const [name, unit, values] of figures) {
    const { median, min } = summary(values);
    const digits = unit === "ms" ? 0 : 1;
    const least = values.length > 1 ? ` (${min.toFixed(digits)})` : "";
    console.log(`${name.padEnd(46)}${median.toFixed(digits).padStart(6)} ${unit}${least}`);
  }
  if (options.json) {
    const entries = figures.map(([name, unit, values]) => ({ name, unit, ...summary(values) }));
    await writeFile(options.json, JSON.stringify({ ...(await machine([])), figures: entries }, null, 2));
  }
}

await reporting(main);
process.exit();
