import { extname } from "node:path";
import { Command } from "commander";
import { BrokenImage } from "../data/brokenImages.js";
import { encode, images } from "../data/codecs/index.js";
import { decode, readImageFile } from "../data/imageFile.js";
import { checkImageOptions } from "../data/images.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { createRng } from "../random.js";
import { imageGrid } from "../report/index.js";
import { projectSample } from "../runs/projectSample.js";
import type { SavedRun } from "../runs/runRecord.js";
import { loadRun } from "../runs/savedRun.js";
import { interruptible } from "./interrupt.js";
import { checkpointOption, number, seedNumber, wholeFrom } from "./options.js";
import { print, printJson } from "./output.js";
import { magnification } from "./pictures.js";
import { duration } from "./progress.js";
import { checkLatentsFile, writeLatents } from "./sample/latentsFile.js";
import { statusLine } from "./status.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface ProjectFlags {
  readonly output?: string;
  readonly where?: string;
  readonly starts: number;
  readonly steps: number;
  readonly pull: number;
  readonly seed: number;
  readonly background: string;
  readonly latentOut?: string;
  readonly checkpoint?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `monge project`: what a generator makes that is nearest to a picture. */
export function projectCommand(): Command {
  return new Command("project")
    .description(
      "Finds the latent whose picture is nearest to a given one, pixel by pixel, by gradient descent from several random starts; for a run with " +
        "classes, in each class. A picture that stays far from its projection is one that the generator has not learned to make.",
    )
    .argument("<folder>", "the folder of a run on images")
    .argument("<picture>", "a PNG, JPEG or WebP file; it is scaled to the size of the run's images")
    .option("-o, --output <file>", "write the picture beside its projection to this .png file (default: none)")
    .option(
      "--latent-out <file>",
      "write the latent to this .npy file, for --latents of sample and interpolate (default: none)",
    )
    .option("--where <name=value>", "the class to look in, such as digit=7 (default: each)")
    .option("--starts <n>", "random latents to start from, in each class", wholeFrom(1, 1000), 4)
    .option("--steps <n>", "steps of gradient descent from each", wholeFrom(1, 100_000), 300)
    .option("--pull <x>", "weight of |latent|^2 against the squared distance, from 0", number, 0.01)
    .option("--background <colour>", "the colour behind a transparent picture: black, white or #rrggbb", "black")
    .option("--seed <n>", "the same seed finds the same latent", seedNumber, 0)
    .addOption(checkpointOption())
    .addOption(withOption())
    .option("--json", "print the result as JSON")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      "\nExamples:\n  monge project runs/digits seven.png -o beside.png\n" +
        "  monge project runs/digits seven.png --where digit=7 --latent-out z.npy\n" +
        "  monge sample runs/digits --latents z.npy --where digit=7 -o again.png",
    )
    .action(async (folder: string, path: string, flags: ProjectFlags) => {
      const { output, latentOut, checkpoint, seed, where, starts, steps, pull, json = false, quiet = false } = flags;
      if (output !== undefined && extname(output).toLowerCase() !== ".png")
        throw new InputError(`${output} must end in .png, the format of pictures.`);
      if (latentOut !== undefined) checkLatentsFile(latentOut);
      const run = await loadRun(folder, { checkpoint });
      const { pixels, warnings } = await pictureFor(run, path, flags.background);
      warn([...run.warnings, ...warnings]);
      const found = await searching(quiet, (signal, onProgress) =>
        projectSample(run, pixels, { where, starts, steps, pull, rng: createRng(seed), signal, onProgress }),
      );
      const [nearest] = found;
      const { shape } = run.data.fields.sample;
      if (output !== undefined) {
        const pair = encode(images, [...pixels, ...nearest.sample]);
        await writeFileAtomically(output, await imageGrid(pair, shape, 2, { scale: magnification(shape) }));
      }
      if (latentOut !== undefined) await writeLatents(latentOut, nearest.latent, nearest.latent.length);
      const tried = found.map(({ where, distance }) => ({ where: where ?? null, ...figures(distance) }));
      if (json)
        printJson({ picture: path, seed, iteration: run.progress.iteration, latent: [...nearest.latent], tried });
      else print(textOf(tried));
    });
}

/** How near a sample is, in the units in which black is 0 and white 1. */
function figures(distance: number) {
  const meanSquare = distance / 4;
  return { meanSquare, psnr: -10 * Math.log10(meanSquare) };
}

type Figures = ReturnType<typeof figures>;

/** The distances, of one or of each class, the nearest first. */
function textOf(tried: readonly (Figures & { readonly where: string | null })[]): string {
  const lines = tried.map(({ where, meanSquare, psnr }) =>
    [where ?? "", `mean squared distance ${meanSquare.toPrecision(3)}`, `PSNR ${psnr.toFixed(1)} dB`].filter(
      (part) => part !== "",
    ),
  );
  return lines.map((parts) => parts.join("  ")).join("\n");
}

/**
 * The pixels of a picture, as the run's images are, and what was done to it.
 * @throws InputError where the run is not on images, or the file is no picture
 */
async function pictureFor({ directory, data }: SavedRun, path: string, background: string) {
  checkImageOptions({ background });
  const [height, width, channels] = data.fields.sample.shape;
  if (data.kind !== "images" || height === undefined || width === undefined || channels === undefined)
    throw new InputError(
      `${directory} is a run on ${data.kind === "table" ? "a table" : data.kind}; give one that was trained on images.`,
    );
  const size = { height, width };
  try {
    const file = await readImageFile(path);
    const pixels = await decode(file, { size, channels, background });
    const changes = [
      file.width === width && file.height === height
        ? []
        : `scaled from ${file.width} x ${file.height} to ${width} x ${height} pixels`,
      file.grey || channels !== 1 ? [] : "made grey",
    ].flat();
    return {
      pixels,
      warnings: changes.length === 0 ? [] : [`${path} was ${changes.join(" and ")}, as the run's images are.`],
    };
  } catch (error) {
    throw error instanceof BrokenImage
      ? new InputError(`${path} cannot be used as a picture: ${error.message}.`)
      : error;
  }
}

/** Shows how far a search is. */
async function searching<T>(
  quiet: boolean,
  work: (signal: AbortSignal, onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const status = statusLine(quiet);
  const begun = performance.now();
  const onProgress = (done: number, total: number) => {
    const left = ((performance.now() - begun) * (total - done)) / done / 1000;
    status.say(`${Math.round((100 * done) / total)} % of the search, ${duration(left)} left`);
  };
  try {
    return await interruptible((signal) => work(signal, onProgress));
  } finally {
    status.end();
  }
}
