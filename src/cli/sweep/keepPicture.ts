import { join } from "node:path";
import type { Dataset } from "../../data/dataset.js";
import { writeFileAtomically } from "../../files.js";
import type { RunOutcome } from "../../sweeps/trainPlanned.js";
import { runPicture, SAMPLES_PICTURE } from "../runPicture.js";

/** The picture of the samples that a run ended with; `undefined` where it has none. */
export async function pictureOf({ samples, result }: RunOutcome, data: Dataset): Promise<Buffer | undefined> {
  return samples ? runPicture(samples, data, result) : undefined;
}

/** Keeps the picture of a run that has ended in its folder. */
export async function keepPicture(directory: string, outcome: RunOutcome, data: Dataset): Promise<void> {
  const picture = await pictureOf(outcome, data);
  if (picture) await writeFileAtomically(join(directory, SAMPLES_PICTURE), picture);
}
