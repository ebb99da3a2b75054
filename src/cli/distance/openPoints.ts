import { columnsOf } from "../../data/codecs/index.js";
import {
  type FilePoints,
  inFileUnits,
  MOST_NUMBERS,
  type ReadPointOptions,
  sourcePoints,
  USUAL_DRAW,
} from "../../data/pointSets.js";
import { requireRoom } from "../../data/sources/numberList.js";
import { openSource } from "../../data/sources/source.js";
import { sizeOf } from "../../engine/index.js";
import { InputError } from "../../errors.js";
import { generateSamples } from "../../game/sampling.js";
import type { Rng } from "../../random.js";
import { loadRun } from "../../runs/savedRun.js";

export interface OpenedPoints extends FilePoints {
  /** Whether they were drawn, from a named data set or a generator, and are not all that there are. */
  readonly isDrawn: boolean;
}

/**
 * The points of anything that data may be (`readPoints`), or of the folder of a run, whose generator makes them.
 * @throws InputError as `readPoints` and `loadRun` do
 */
export async function openPoints(
  nameOrPath: string,
  options: ReadPointOptions & { readonly rng: Rng },
): Promise<OpenedPoints> {
  const source = await openSource(nameOrPath, options);
  if (source.kind === "run" && options.weights === undefined) return generatedPoints(source.folder, options);
  return { ...(await sourcePoints(source, options)), isDrawn: source.kind === "name" };
}

async function generatedPoints(
  folder: string,
  { draw = USUAL_DRAW, rng }: ReadPointOptions & { readonly rng: Rng },
): Promise<OpenedPoints> {
  const { model, data, warnings } = await loadRun(folder);
  if (data.kind === "table") {
    throw new InputError(
      `${folder} makes rows of a table, which are not points: compare them with monge judge ${folder}, or give a file that monge sample wrote.`,
    );
  }
  requireRoom(folder, draw * sizeOf(data.fields.sample.shape), MOST_NUMBERS);
  const columns = columnsOf(data.codec);
  const points = inFileUnits(data, await generateSamples(model, draw, rng));
  return {
    path: folder,
    points,
    count: draw,
    dimension: points.length / draw,
    warnings,
    isDrawn: true,
    ...(columns && { columns: columns.map(({ name }) => name) }),
    ...(data.kind === "images" && { imageShape: data.fields.sample.shape }),
  };
}
