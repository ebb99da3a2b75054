// How the time of a training iteration and the memory of training grow with width, batch and image size, beside eager PyTorch, and both of
// reading a table and of training on it with its rows.
//
//     npm run build && node bench/growth.mjs [--python bench/.venv/bin/python] [--rounds 3]
//
// Prints a table with the exponents b of cost = a size^b, and draws growth.png. Every size has a process of its own.
import { fileURLToPath } from "node:url";
import { parsed, reporting, wholeNumber } from "./commandLine.mjs";
import { drawGrowth } from "./drawGrowth.mjs";
import { measureScaling } from "./measures/scaling.mjs";
import { measureTableGrowth } from "./measures/tableGrowth.mjs";
import { participantsWith } from "./participants/participants.mjs";
import { figure, inMarkdown } from "./report.mjs";
import { fittedExponent } from "./statistics.mjs";

const OPTIONS = { python: { type: "string" }, rounds: { type: "string", default: "3" } };
const EAGER = "torch eager";
const COSTS = [
  { key: "seconds", name: "Time", unit: "s" },
  { key: "mebibytes", name: "Memory", unit: "MiB" },
];

await reporting(async () => {
  const { python, rounds } = parsed(process.argv.slice(2), OPTIONS, "node bench/growth.mjs");
  const tell = console.error;
  const trained = await measureScaling("growth", {
    participants: participantsWith(python, [EAGER]),
    rounds: wholeNumber("--rounds", rounds),
    tell,
  });
  const entries = [...trained, ...(await measureTableGrowth({ tell }))];
  const found = entries.flatMap(({ row: label, time = "seconds an iteration", ours, peers }) =>
    COSTS.map(({ key, name, unit }) => ({
      label: label.replace("growth: ", ""),
      cost: unit === "s" ? time : "MiB at most",
      name,
      unit,
      lines: Object.entries({ Monge: ours, ...peers }).flatMap(([name, growth]) =>
        growth[key]?.length > 1 ? [{ name, points: growth[key] }] : [],
      ),
    })),
  );
  const cells = found.flatMap(({ label, unit, lines }) =>
    lines.map(({ name, points }) => [
      label,
      `${name}, ${unit}`,
      points.map(([, cost]) => figure(cost)).join(", "),
      figure(fittedExponent(points)),
    ]),
  );
  console.log(inMarkdown([["", "", "at each size", "exponent"], ...cells]));
  const panels = found.map(({ label, name, cost, lines }) => ({
    title: `${name}: ${label.replace(/[\d, ]+$/, "")}`,
    size: label.split(",")[0],
    cost,
    lines,
  }));
  await drawGrowth(panels, 2, fileURLToPath(new URL("growth.png", import.meta.url)));
});
