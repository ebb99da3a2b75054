/**
 * A generator of table rows: reads a CSV file, trains with the defaults for such data, and prints what the generated rows have in
 * common with the real ones, in the table's own units.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { columnsOf, createRng, decode, generateSamples, openDataset, resolveConfig, train, trainOptions } from "monge";

/** Means, deviations and correlation of a table of two columns. */
export interface Summary {
  readonly means: readonly [number, number];
  readonly deviations: readonly [number, number];
  readonly correlation: number;
}

const ROWS = 1000;

export async function main(iterations = 1000): Promise<{ readonly real: Summary; readonly generated: Summary }> {
  const folder = await mkdtemp(join(tmpdir(), "monge-csv-"));
  try {
    const path = join(folder, "people.csv");
    await writeFile(path, people());
    return await trainOn(path, iterations);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function trainOn(path: string, iterations: number) {
  // Columns are standardised on the way in; `decode` undoes that on the way out, in one decimal as the table has.
  const data = await openDataset(path);
  const config = resolveConfig({ data: path, loss: "w-gp", width: 64, iterations, evaluateEvery: 0 }, data);
  for await (const event of train(trainOptions(config, data))) {
    if (event.type === "diverged") throw new Error(event.message);
    if (event.type !== "end") continue;
    const rows = decode(data.codec, await generateSamples(event.model, ROWS, createRng(1)));
    const real = summary(decode(data.codec, data.batch(createRng(2), ROWS).sample));
    const generated = summary(rows);
    console.log(
      `columns: ${columnsOf(data.codec)
        ?.map(({ name }) => name)
        .join(", ")}`,
    );
    console.log(`real:      ${described(real)}`);
    console.log(`generated: ${described(generated)}`);
    return { real, generated };
  }
  throw new Error("the run did not end");
}

/** Heights in cm and weights in kg that go with them. */
function people(): string {
  const rng = createRng(0);
  const lines = Array.from({ length: ROWS }, () => {
    const height = 172 + 9 * rng.normal();
    const weight = 70 + 0.9 * (height - 172) + 8 * rng.normal();
    return `${height.toFixed(1)},${weight.toFixed(1)}`;
  });
  return ["height,weight", ...lines].join("\n");
}

function summary(rows: Float64Array): Summary {
  const columns = [0, 1].map((column) => rows.filter((_, i) => i % 2 === column)) as [Float64Array, Float64Array];
  const means = columns.map(average) as [number, number];
  const [x, y] = columns.map((values, c) => values.map((value) => value - means[c]!)) as [Float64Array, Float64Array];
  const covariance = (a: Float64Array, b: Float64Array) => average(a.map((value, i) => value * b[i]!));
  const deviations = [Math.sqrt(covariance(x, x)), Math.sqrt(covariance(y, y))] as const;
  return { means, deviations, correlation: covariance(x, y) / (deviations[0] * deviations[1]) };
}

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function described({ means, deviations, correlation }: Summary): string {
  const column = (i: 0 | 1) => `${means[i].toFixed(1)} +- ${deviations[i].toFixed(1)}`;
  return `height ${column(0)}, weight ${column(1)}, correlation ${correlation.toFixed(2)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
