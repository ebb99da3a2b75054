import { join } from "node:path";
import { decode } from "../../data/codecs/index.js";
import type { Dataset } from "../../data/dataset.js";
import { readPoints } from "../../data/pointSets.js";
import { writeFileAtomically } from "../../files.js";
import { createRng } from "../../random.js";
import { caption, type Drawing, stack, svgFile, tiles } from "../../report/drawing/drawing.js";
import { pngFile } from "../../report/drawing/pngFile.js";
import { drawSmallSamples } from "../../report/figures/samples.js";
import { formatPercent } from "../../report/format.js";
import { type Look, looksOf } from "../../report/looks.js";
import { samplesFile } from "./pointTrials.js";
import type { Trial } from "./results.js";

const SIDE = 180;
const COLUMNS = 5;
const GAP = 10;
const REAL_POINTS = 1000;

/** Draws the samples of all trials over real ones, a pairing below the other, as `samples.svg` and `samples.png`. */
export async function writePointPictures(out: string, trials: readonly Trial[], data: Dataset): Promise<void> {
  const training = data.batch(createRng(0), REAL_POINTS).sample;
  const real = decode(data.codec, training);
  const looks = looksOf([...new Set(trials.map(({ config }) => config.loss))]);
  const columns = Math.min(COLUMNS, Math.max(...looks.map((look) => ofLook(trials, look).length)));
  const rows = looks.map(async (look) => {
    const drawn = await Promise.all(ofLook(trials, look).map((trial) => drawTrial(out, trial, real, look)));
    const width = columns * (SIDE + GAP) - GAP;
    return stack([caption(look.title, width, { bold: true, color: look.color }), tiles(drawn, columns, GAP)]);
  });
  const picture = stack(await Promise.all(rows));
  await writeFileAtomically(join(out, "samples.svg"), svgFile(picture));
  await writeFileAtomically(join(out, "samples.png"), await pngFile(picture));
}

function ofLook(trials: readonly Trial[], { name }: Look): Trial[] {
  return trials.filter(({ config }) => config.loss === name);
}

async function drawTrial(
  out: string,
  trial: Trial,
  real: Float32Array | Float64Array,
  { color }: Look,
): Promise<Drawing> {
  const { points: samples } = await readPoints(samplesFile(out, trial.config));
  const share = formatPercent({ mean: trial.highQualityShare ?? Number.NaN, error: null });
  return stack([
    drawSmallSamples({ samples, real, shape: [2], color }, SIDE),
    caption(`seed ${trial.config.seed}: ${trial.modes} ${trial.modes === 1 ? "mode" : "modes"}, ${share}`, SIDE),
  ]);
}
