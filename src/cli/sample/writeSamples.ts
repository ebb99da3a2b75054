import { askedInTurn, type ClassesInTurn, classesInTurn, MOST_ROWS } from "../../data/classesInTurn.js";
import type { ConditionField } from "../../data/dataset.js";
import { conditionWhere } from "../../data/where.js";
import { sizeOf } from "../../engine/index.js";
import { InputError } from "../../errors.js";
import { drawLatents, generateSamples } from "../../game/sampling.js";
import { createRng } from "../../random.js";
import type { SavedRun } from "../../runs/runRecord.js";
import { tell } from "../output.js";
import { checkLatentsFile, writeLatents } from "./latentsFile.js";
import { nearestPicture } from "./nearestPicture.js";
import { checkOutput, endingOf, writeOutputFile } from "./outputFile.js";
import { checkPictureFolder, isPictureFolder, writePictures } from "./pictureFolder.js";
import { fileEndings, MOST_NUMBERS, writeSampleFile } from "./sampleContent.js";

/** Which samples of a run on points or images are written, and where. */
export interface SamplesToWrite {
  readonly count: number;
  readonly seed: number;
  readonly output: string;
  readonly where?: readonly string[] | undefined;
  readonly truncation?: number | undefined;
  /** What they are made of, `[count, latent]`. Default: it is drawn. */
  readonly latents?: Float32Array | undefined;
  /** A file for what they are made of. */
  readonly latentsOut?: string | undefined;
  readonly columns?: number | undefined;
  readonly nearest?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** More samples in a picture hide each other. */
const MOST_PICTURED = 100_000;

/**
 * Writes new samples of a run on points or images to a file or a folder.
 * @returns the classes that a picture shows a row of each, if it does
 */
export async function writeSamples(run: SavedRun, asked: SamplesToWrite): Promise<ClassesInTurn | undefined> {
  const { count, seed, output, where, truncation, latents, latentsOut, columns, nearest = false } = asked;
  const isFolder = isPictureFolder(output);
  if (isFolder) await checkPictureFolder(run, output);
  else checkOutput(asked, fileEndings);
  if (latentsOut !== undefined) checkLatentsFile(latentsOut);
  if (nearest && !(run.data.kind === "images" && isPicture(output)))
    throw new InputError("--nearest shows pictures: give the folder of a run on images, and a file that ends in .png.");
  const { sample, condition } = run.data.fields;
  checkCount(
    asked,
    sizeOf(sample.shape) + sizeOf(condition?.shape ?? [0]) + (latentsOut === undefined ? 0 : run.config.latent),
  );
  const hasRows = isPicture(output) && !nearest;
  const classes = where ? undefined : classesInTurn(run.data, count, hasRows ? MOST_ROWS : undefined);
  const options = {
    condition: classes ? askedInTurn(classes) : onlyCondition(where, condition),
    latents,
    truncation,
  };
  const samples = await generateSamples(run.model, count, createRng(seed), options);
  if (isFolder) await writePictures(output, samples, sample.shape);
  else if (nearest) await writeNearest(run, samples, asked);
  else await writeSampleFile(run, samples, { ...asked, rows: classes?.shown.length });
  if (latentsOut !== undefined) {
    const made = await drawLatents(run.model.game, count, createRng(seed), options);
    await writeLatents(latentsOut, made, run.config.latent);
  }
  return hasRows && columns === undefined ? classes : undefined;
}

async function writeNearest(run: SavedRun, samples: Float32Array, { output, columns, json, quiet }: SamplesToWrite) {
  const { picture, sentence } = await nearestPicture(run, samples, columns);
  await writeOutputFile(output, picture);
  if (!quiet && !json) tell(sentence);
}

function onlyCondition(where: readonly string[] | undefined, condition: ConditionField | undefined) {
  const [first, ...others] = where ?? [];
  if (others.length > 0) throw new InputError("This run takes at most one condition: give --where once.");
  return first === undefined ? undefined : conditionWhere(first, condition);
}

function checkCount({ count, output }: SamplesToWrite, size: number): void {
  const most = Math.min(
    Math.floor(MOST_NUMBERS / size),
    isPicture(output) || isPictureFolder(output) ? MOST_PICTURED : Infinity,
  );
  if (count > most)
    throw new InputError(`-n can be at most ${most} for such a file; write several files with different --seed.`);
}

/** Whether a file for samples is a picture. */
export function isPicture(output: string): boolean {
  return endingOf(output) === ".png";
}
