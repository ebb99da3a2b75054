// @ts-check
// Monge on the devices of this machine beside PyTorch on CUDA: what bench/device.sh runs when it has found what there is.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../dist/files.js";
import { chosen, OptionError, parsed, reporting, wholeNumber } from "./commandLine.mjs";
import { machine } from "./machine.mjs";
import { measureOnDevices } from "./measures/device.mjs";
import { nameOn, namesOnDevices } from "./participants/onDevice.mjs";
import { agreementTable, markdownTable, notesOfPeers } from "./report.mjs";
import { trainingRows } from "./rows.mjs";

/** Two whose operations are started faster than they are computed, or nearly, and two that are arithmetic. */
const ROWS = /** @type {const} */ (["toy-128", "toy-512", "dcgan-28-32", "dcgan-64-64"]);
const ROUNDS = 5;
/** Those of a dry run, and what they are there. */
const DRY_ROWS = /** @type {const} */ (["toy-128", "dcgan-28-32"]);
const NARROW = { width: 4, batch: 4 };

async function main() {
  const { out, gpu, libraries, python, pytorch, remark, ...options } = parsed(
    process.argv.slice(2),
    OPTIONS,
    "node bench/device.mjs",
  );
  if (!out) throw new OptionError("--out must name a folder for the table.");
  const isDry = options["dry-run"];
  const devices = chosen("device", options.devices, ["cpu", "cuda", "webgpu"], ["cuda", "webgpu"]);
  const endsAt = performance.now() + 1000 * wholeNumber("--seconds", options.seconds);
  const facts = { ...(await machine(["onnxruntime-node"])), gpu, pytorch, remark, isDry };
  await mkdir(out, { recursive: true });
  /** @type {import("./report.mjs").AnyEntry[]} */
  const rows = [];
  const names = isDry ? DRY_ROWS : ROWS;
  for (const [i, name] of names.entries()) {
    const context = {
      machine: { devices, libraries, python },
      rounds: isDry ? 1 : ROUNDS,
      tell: (/** @type {string} */ line) => console.error(line),
      // What a row leaves of its time is for those behind it.
      seconds: (endsAt - performance.now()) / 1000 / (names.length - i),
    };
    rows.push(...(await measureOnDevices(name, { ...trainingRows[name], ...(isDry && NARROW) }, context)));
    // After each row, so that an interruption loses one at most.
    await writeFileAtomically(join(out, "device.json"), `${JSON.stringify({ ...facts, rows }, undefined, 2)}\n`);
    await writeFileAtomically(join(out, "device.md"), page({ ...facts, devices, rows }));
    const reasons = devices.map((device) => absenceOf(nameOn(device), rows));
    if (reasons.every((reason) => reason !== undefined))
      throw new OptionError(`Monge has no device here: ${reasons.join("; ")}`);
  }
  console.log(page({ ...facts, devices, rows }));
}

/**
 * Why a participant is absent from all rows so far; `undefined` where it is not.
 * @param {string} name
 * @param {readonly import("./report.mjs").AnyEntry[]} rows
 */
function absenceOf(name, rows) {
  const found = rows.flatMap(({ peers }) => peers[name] ?? []);
  const reasons = found.flatMap((one) => ("absent" in one ? [one.absent] : []));
  return reasons.length === found.length ? reasons[0] : undefined;
}

/**
 * @param {{ date: string, versions: Record<string, string>, gpu: string, pytorch: string, remark: string, isDry: boolean,
 *   devices: readonly string[], rows: readonly import("./report.mjs").AnyEntry[] }} results
 */
function page({ date, versions, gpu, pytorch, remark, isDry, devices, rows }) {
  const names = namesOnDevices(devices);
  const facts = [`onnxruntime-node ${versions["onnxruntime-node"]}`, `Node ${versions.node}`, pytorch];
  const dry = isDry ? " A dry run: networks of width 4, one turn each; the times say nothing." : "";
  const parts = [
    `# Monge on ${gpu}`,
    `${date.slice(0, 10)}; ${facts.join(", ")}.${dry}`,
    remark,
    markdownTable(rows, names),
    TIMES,
    agreementTable(rows, names),
    DISTANCES,
    notesOfPeers(rows)
      .map((note) => `- ${note}`)
      .join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const TIMES = `Median (minimum) of the turns, of an iteration: five updates of the critic, one of the generator. ×: its median over that of the
first column with a time. Rows without a precision are float32 without TF32; with TF32, products and convolutions round their factors to 10
bits. Monge draws its inputs and moves them to the device within its times; PyTorch finds them there.`;

const DISTANCES = `How far they are after three iterations from Monge on the CPU in float32: the parameters, as a share of the way that they went, and
the losses, relative above 1.`;

// What is under way is ended and its files are removed on exit; the rows that are done are in the files.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

const OPTIONS = /** @type {const} */ ({
  out: { type: "string" },
  devices: { type: "string" },
  gpu: { type: "string", default: "no GPU" },
  libraries: { type: "string" },
  python: { type: "string" },
  pytorch: { type: "string", default: "no PyTorch" },
  remark: { type: "string", default: "" },
  seconds: { type: "string", default: "510" },
  "dry-run": { type: "boolean", default: false },
});

await reporting(main);
