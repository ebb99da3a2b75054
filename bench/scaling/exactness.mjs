// @ts-check
// How far the updates of several ranks are from those of one process, under every loss and constraint: node bench/scaling/exactness.mjs
import { parseArgs } from "node:util";
import { onRanks } from "./mpirun.mjs";

const { values } = parseArgs({ options: { ranks: { type: "string", default: "3" } } });
const ranks = Number(values.ranks);
/** @type {{ name: string, critic: number, generator: number }[]} */
const rows = await onRanks(ranks, "exactRank.mjs", {});
console.log(`| ${ranks} ranks, a batch of 64 against one process | critic | generator |`);
console.log("|---|---|---|");
for (const { name, critic, generator } of rows)
  console.log(`| ${name} | ${critic.toExponential(1)} | ${generator.toExponential(1)} |`);
