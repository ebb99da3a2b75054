import { decodeRows, type TableRows } from "../../src/data/codecs/tableRows.js";
import { rowsDataset } from "../../src/data/rows.js";
import { cellsOfRecords } from "../../src/data/sources/cellRecords.js";
import { drawConditions, drawSamplerInputs, finiteSamples, samplerOf } from "../../src/game/sampling.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { readTable } from "../../src/tables/readTable.js";
import { tableWriter } from "../../src/tables/tableWriter.js";
import { createTrainer } from "../../src/training/trainer.js";

/** What came of a few steps on a table, as plain data that a page can hand over. */
export interface TableSteps {
  readonly losses: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

declare global {
  /** `tableSteps`, in a page. */
  var stepsOnTable: typeof tableSteps;
}

/** Trains the network of tables for a few steps with its own defaults but for its size, and makes rows. */
export async function tableSteps(): Promise<TableSteps> {
  const rng = createRng(6);
  const records = Array.from({ length: 80 }, () => {
    const age = 18 + rng.integer(60);
    const income = rng.uniform() < 0.2 ? null : 1000 * age + Math.round(500 * rng.normal());
    return { city: ["Bern", "Graz", "Pisa"][rng.integer(3)], age, income, since: `2024-01-${10 + rng.integer(19)}` };
  });
  const cells = cellsOfRecords("people", records);
  const { schema } = inferSchema(cells);
  const data = rowsDataset(readTable(cells, schema));
  const size = { batch: 32, width: 8, depth: 1, latent: 4, prior: 3, iterations: 8 };
  const options = trainOptions(resolveConfig({ data: "people", loss: "w-gp", ...size }, data), data);
  const trainer = await createTrainer(options);
  const losses: number[] = [];
  for (let i = 0; i < 8; i++) {
    const { criticLoss, generatorLoss } = await trainer.iterate();
    losses.push(criticLoss, generatorLoss);
  }
  const { game, layout } = trainer;
  const { state } = await trainer.snapshot();
  await trainer.release();
  const sampler = await samplerOf({ game, layout, state }, 200);
  const { samples } = await sampler.run(state, drawSamplerInputs(game, 200, rng, drawConditions(game, 200, rng)));
  await sampler.release();
  const write = await tableWriter(schema, 0);
  return { losses, rows: write(decodeRows(codecOf(data), finiteSamples(samples), "people")) };
}

function codecOf({ codec }: ReturnType<typeof rowsDataset>): TableRows {
  if (codec.kind !== "tableRows") throw new Error("the rows of a table have another codec");
  return codec;
}
