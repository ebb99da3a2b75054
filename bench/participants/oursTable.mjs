// Reads a table and trains on it, and prints what that takes: node oursTable.mjs WARM FILE. It does the same with the table WARM before it counts.
import { createTrainer, openDataset, resolveConfig, trainOptions } from "../../lib/index.js";
import { median } from "../statistics.mjs";

const [warm, file] = process.argv.slice(2);
const TURNS = 5;
const ITERATIONS_A_TURN = 10;

async function seconds(work) {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function measure(path) {
  let data;
  const reading = await seconds(async () => {
    data = await openDataset(path, { as: "table" });
  });
  const readingMebibytes = process.resourceUsage().maxRSS / 1024;
  const trainer = await createTrainer(
    trainOptions(resolveConfig({ data: path, as: "table", loss: "w-gp" }, data), data),
  );
  await trainer.iterate();
  const turns = [];
  for (let turn = 0; turn < TURNS; turn++)
    turns.push(
      await seconds(async () => {
        for (let i = 0; i < ITERATIONS_A_TURN; i++) await trainer.iterate();
      }),
    );
  return {
    reading: { seconds: reading, mebibytes: readingMebibytes },
    iteration: { seconds: median(turns) / ITERATIONS_A_TURN, mebibytes: process.resourceUsage().maxRSS / 1024 },
  };
}

await measure(warm);
console.log(JSON.stringify(await measure(file)));
