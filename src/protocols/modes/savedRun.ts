import { openDataset } from "../../data/open.js";
import { InputError } from "../../errors.js";
import { writeFileAtomically } from "../../files.js";
import { loadRun } from "../../runs/savedRun.js";
import { readResults, writeResults } from "./folder.js";
import { protocols } from "./protocols.js";
import type { ModesResults } from "./results.js";
import { withClassifier } from "./stackedLabels.js";
import { judgeModel, pictureFile, pictureOf, realStacked } from "./stackedTrials.js";
import type { WorkControl } from "./trials.js";

/**
 * Judges a saved run on Stacked MNIST by its protocol, as it stands and without training it.
 * @param options.out a folder for the results and a picture; nothing is written where it is absent
 * @param options.quick a tenth of the protocol's samples
 * @throws InputError where there is no such run, it is of other data, or the folder holds results already
 */
export async function judgeSavedRun(
  directory: string,
  {
    out,
    quick = false,
    ...control
  }: WorkControl & { readonly out?: string | undefined; readonly quick?: boolean | undefined },
): Promise<ModesResults> {
  const { config, progress, model } = await loadRun(directory);
  const protocol = "stacked-mnist";
  if (config.data !== protocol)
    throw new InputError(
      `${directory} was trained on ${config.data}, and only runs on ${protocol} can be judged here.`,
    );
  if (out !== undefined && (await readResults(out)))
    throw new InputError(`${out} holds results already: give another --out.`);
  const { samples } = quick ? protocols[protocol].quick : protocols[protocol];
  const data = await openDataset(protocol);
  return await withClassifier(async (classify) => {
    const real = await realStacked(data, samples, classify, control);
    const figures = await judgeModel(model, config, samples, classify, control);
    const { iteration: iterations, seconds } = progress;
    const trials = [{ config, iterations, seconds, stopped: null, ...figures }];
    const results = { version: 1, benchmark: "modes", protocol, quick, samples, real, trials } as const;
    if (out !== undefined) {
      await writeFileAtomically(pictureFile(out, config), await pictureOf(model, config));
      await writeResults(out, results);
    }
    return results;
  });
}
