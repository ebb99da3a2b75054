// How the time and the memory of exact transport grow with the number of points, beside POT with a matrix of costs and with lazy ones.
//
//     npm run build && node bench/transport/growth.mjs [--python bench/.venv/bin/python] [--sizes 500,1000,...] [--dimensions 2,32] [--limit 600] [--keep FILE]
//
// Each problem is solved by a process of its own, which solves 500 of its points up to 30 times, for up to 2 seconds, before it counts: V8
// compiles what has run for a while. Then it takes the median of up to three rounds, which end after 10 seconds. Time is that of the processor from points to distance;
// memory is the most that was resident. A participant sits out the sizes that would take it more than --limit seconds, by how its time has
// grown so far. What FILE holds already is not measured again, and what is measured is added to it. Prints a table with the exponents b of cost = a n^b, fitted from 1,000 points on, and draws growth.png.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { drawGrowth } from "../drawGrowth.mjs";
import { installedPython } from "../participants/participants.mjs";
import { figure, inMarkdown } from "../report.mjs";
import { fittedExponent } from "../statistics.mjs";
import { ALONE } from "./alone.mjs";
import { clouds } from "./clouds.mjs";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: installedPython },
    sizes: { type: "string", default: "500,1000,2000,5000,10000,20000,50000" },
    dimensions: { type: "string", default: "2,32" },
    limit: { type: "string", default: "600" },
    keep: { type: "string" },
  },
});
const sizes = options.sizes.split(",").map(Number);
const dimensions = options.dimensions.split(",").map(Number);
const limit = Number(options.limit);
const kept = options.keep && existsSync(options.keep) ? JSON.parse(readFileSync(options.keep, "utf8")) : {};
/** Below, what a process takes at its start hides how its memory grows. */
const FITTED_FROM = 1000;
/** The exponent by which the second size is foretold. */
const FIRST_EXPONENT = 2;

/** A process that takes so many times the limit, on a machine that other work shares, is ended. */
const MOST_TIMES_LIMIT = 10;
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const participants = [
  { name: "Monge", command: [process.execPath, here("growthOurs.mjs")] },
  { name: "POT, matrix", command: [options.python, here("growthPot.py"), "dense"] },
  { name: "POT, lazy", command: [options.python, here("growthPot.py"), "lazy"] },
];

async function solve([program, ...argv], files, dimension) {
  const { stdout } = await promisify(execFile)(program, [...argv, ...files, `${dimension}`], {
    timeout: 1000 * MOST_TIMES_LIMIT * limit,
    env: { ...process.env, ...ALONE },
  });
  return JSON.parse(stdout);
}

function foretold(points, size) {
  const last = points.at(-1);
  if (!last) return 0;
  const exponent = points.length < 2 ? FIRST_EXPONENT : fittedExponent(points.slice(-2));
  return last[1] * (size / last[0]) ** exponent;
}

async function grow({ name, command }, dimension, folder) {
  const seconds = [];
  const mebibytes = [];
  for (const size of sizes) {
    const key = `${name} ${dimension} ${size}`;
    if (!kept[key] && foretold(seconds, size) > limit) break;
    try {
      kept[key] ??= await solve(command, pointFiles(size, dimension, folder), dimension);
    } catch (error) {
      console.error(`${dimension} dimensions, ${size} points, ${name}: ${error.message.trim().split("\n").at(-1)}`);
      break;
    }
    if (options.keep) writeFileSync(options.keep, JSON.stringify(kept, null, 1));
    const found = kept[key];
    console.error(`${dimension} dimensions, ${size} points, ${name}: ${found.seconds.toFixed(2)} s, W1 ${found.cost}`);
    seconds.push([size, found.seconds]);
    mebibytes.push([size, found.mebibytes]);
  }
  return { name, dimension, seconds, mebibytes };
}

function pointFiles(size, dimension, folder) {
  return Object.entries(clouds(size, dimension)).map(([name, { points }]) => {
    const file = join(folder, name);
    writeFileSync(file, points);
    return file;
  });
}

function exponentOf(points) {
  const fitted = points.filter(([size]) => size >= FITTED_FROM);
  return fitted.length < 2 ? "" : figure(fittedExponent(fitted));
}

const folder = mkdtempSync(join(tmpdir(), "monge-growth-"));
const found = [];
try {
  for (const dimension of dimensions)
    for (const participant of participants) found.push(await grow(participant, dimension, folder));
} finally {
  rmSync(folder, { recursive: true });
}
const head = ["dimensions", "", ...sizes.map((size) => size.toLocaleString("en")), "exponent"];
const lines = found.flatMap(({ name, dimension, ...costs }) =>
  [
    ["seconds", "s"],
    ["mebibytes", "MiB"],
  ].map(([key, unit]) => {
    const cells = sizes.map((size) => costs[key].find(([measured]) => measured === size)?.[1]);
    const shown = cells.map((value) => (value === undefined ? "sits out" : figure(value)));
    return [dimension, `${name}, ${unit}`, ...shown, exponentOf(costs[key])];
  }),
);
console.log(inMarkdown([head, ...lines]));
const panels = ["seconds", "mebibytes"].flatMap((key) =>
  dimensions.map((dimension) => ({
    title: `${key === "seconds" ? "Time" : "Memory"}, ${dimension} dimensions`,
    size: "points in each set",
    cost: key === "seconds" ? "seconds" : "MiB",
    lines: found.filter((one) => one.dimension === dimension).map((one) => ({ name: one.name, points: one[key] })),
  })),
);
await drawGrowth(panels, dimensions.length, here("growth.png"));
