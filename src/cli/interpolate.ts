import { Command } from "commander";
import { sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { interpolate, type Stop } from "../game/interpolate.js";
import { createRng } from "../random.js";
import { animation, animationFormats, imageGrid } from "../report/index.js";
import { refuseTable } from "../runs/refuseTable.js";
import type { SavedRun } from "../runs/runRecord.js";
import { loadRun } from "../runs/savedRun.js";
import { wayStops } from "../runs/wayStops.js";
import { checkpointOption, seedList, seedNumber, wholeFrom } from "./options.js";
import { printJson, tell } from "./output.js";
import { magnification } from "./pictures.js";
import { readLatents } from "./sample/latentsFile.js";
import { checkOutput, endingOf, STANDARD_OUTPUT, writeOutputFile } from "./sample/outputFile.js";
import { fileEndings, MOST_NUMBERS, writeSampleFile } from "./sample/sampleContent.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface InterpolateFlags {
  readonly output: string;
  readonly where?: string;
  readonly toWhere?: readonly string[];
  readonly stops?: number;
  readonly seeds?: readonly number[];
  readonly latents?: string;
  readonly steps: number;
  readonly loop?: boolean;
  readonly rate: number;
  readonly seed: number;
  readonly checkpoint?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const animated: readonly string[] = animationFormats.map((format) => `.${format}`);
const MOST_STOPS = 1000;
/** More make a file that nothing shows. */
const MOST_PICTURES = 2000;

/** `monge interpolate`: samples on the way from one to another. */
export function interpolateCommand(): Command {
  return new Command("interpolate")
    .description(
      "Interpolates between latents, along arcs, or between classes, and writes the samples: images as a strip with a row for each stretch " +
        "or as an animation, points as their paths. Not for a run on a table.",
    )
    .argument("<folder>", "the folder of a run")
    .requiredOption(
      "-o, --output <file>",
      `images: .png for a strip, ${animated.join(" or ")} for an animation; numbers: ${fileEndings.filter((ending) => ending !== ".png").join(", ")}; ` +
        `points: .png too, over real ones; ${STANDARD_OUTPUT}: CSV on standard output`,
    )
    .option(
      "--where <name=value>",
      "the class of all samples, or of the first with --to-where, such as digit=1 (default: a random one)",
    )
    .option(
      "--to-where <name=value>",
      "the class to end at, with the same latent; repeatable (default: that of --where)",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option(
      "--stops <n>",
      "random latents to pass, drawn with --seed (default: 2; with --to-where 1)",
      wholeFrom(1, MOST_STOPS),
    )
    .option("--seeds <list>", "seeds of the latents to pass, such as 3,8,5 (default: --stops random latents)", seedList)
    .option("--latents <file>", "a .npy file of the latents to pass, [stops, latent] (default: --stops random latents)")
    .option("--steps <n>", "samples from each stop to the next, both included", wholeFrom(2, MOST_PICTURES), 10)
    .option("--loop", "return to the first stop at the end")
    .option("--rate <n>", "frames per second of an animation", wholeFrom(1, 50), 10)
    .option("--seed <n>", "the same seed gives the same samples", seedNumber, 0)
    .addOption(checkpointOption())
    .addOption(withOption())
    .option("--json", "print what was written as JSON")
    .option("--quiet", "show nothing on standard error")
    .addHelpText(
      "after",
      "\nExamples:\n  monge interpolate runs/digits -o strip.png --stops 5\n" +
        "  monge interpolate runs/digits -o way.gif --where digit=1 --to-where digit=7\n" +
        "  monge interpolate runs/points --seeds 3,8 -o way.csv",
    )
    .action(async (folder: string, flags: InterpolateFlags) => {
      const { output, steps, seed, checkpoint, json = false, quiet = false } = flags;
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      refuseTable(run, "Ways between samples");
      checkOutput(flags, run.data.kind === "images" ? [...animated, ...fileEndings] : fileEndings);
      const rng = createRng(seed);
      const latents = flags.latents === undefined ? undefined : await readLatents(flags.latents, run.config.latent);
      const stops = wayStops(run, { ...flags, latents }, rng);
      const way = flags.loop ? [...stops, ...stops.slice(0, 1)] : stops;
      checkCount(run, output, 1 + (way.length - 1) * (steps - 1));
      const samples = await interpolate(run.model, way, { steps, rng });
      await writeWay(run, samples, way, flags);
      const count = samples.length / sizeOf(run.data.fields.sample.shape);
      if (json) printJson({ file: output, count, stops: stops.length, steps, seed, iteration: run.progress.iteration });
      else if (!quiet && output !== STANDARD_OUTPUT)
        tell(`${count} samples through ${stops.length} stops are in ${output}.`);
    });
}

function checkCount({ data }: SavedRun, output: string, count: number): void {
  const isShown = [...animated, ".png"].includes(endingOf(output));
  const most = Math.min(
    Math.floor(MOST_NUMBERS / sizeOf(data.fields.sample.shape)),
    isShown ? MOST_PICTURES : Infinity,
  );
  if (count > most)
    throw new InputError(
      `This makes ${count} samples, and such a file holds at most ${most}: give fewer --steps or stops.`,
    );
}

async function writeWay(
  run: SavedRun,
  samples: Float32Array,
  stops: readonly Stop[],
  { output, steps, rate, loop = false }: InterpolateFlags,
): Promise<void> {
  const { kind, fields } = run.data;
  const { shape } = fields.sample;
  const size = sizeOf(shape);
  const ending = endingOf(output);
  const format = animationFormats.find((one) => ending === `.${one}`);
  if (format) {
    // An animation begins again by itself.
    const frames = loop ? samples.subarray(0, -size) : samples;
    await writeOutputFile(output, await animation(frames, shape, format, { rate, scale: magnification(shape) }));
  } else if (kind === "images" && ending === ".png") {
    const row = steps * size;
    const strip = new Float32Array((stops.length - 1) * row);
    for (let leg = 0; leg < stops.length - 1; leg++) {
      const start = leg * (row - size);
      strip.set(samples.subarray(start, start + row), leg * row);
    }
    await writeOutputFile(output, await imageGrid(strip, shape, steps, { scale: 2 }));
  } else await writeSampleFile(run, samples, { output });
}
