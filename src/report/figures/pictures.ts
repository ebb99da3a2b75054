import type { Comparison, RunPictures } from "../../runs/results.js";
import { caption, type Drawing, FIGURE_WIDTH, stack, tiles } from "../drawing/drawing.js";
import { extent } from "../drawing/scale.js";
import { formatCount } from "../format.js";
import { type Look, scoresAreDistances } from "../looks.js";
import type { Group } from "../summary.js";
import type { Figure } from "./figure.js";
import { drawImages, drawImagesOverTime } from "./imageGrids.js";
import { drawSamples, drawSmallSamples } from "./samples.js";
import { centred, drawSurface } from "./surface.js";

const FILM_COLUMNS = 4;
const GAP = 8;

/** The last samples of each pairing's first seed, and of its other seeds. */
export async function samplesOf(groups: readonly Group[], comparison: Comparison): Promise<Figure[]> {
  return await forEachRun(groups, async (run, look, first) => {
    const values = run.samples.at(-1)?.values;
    if (!values) return [];
    const name = first ? `samples-${look.name}` : `samples-${look.name}-seed-${run.seed}`;
    const alt = `${look.label}, seed ${run.seed}: ${isImages(comparison) ? "generated images" : "generated over real samples"}`;
    return [{ name, alt, drawing: await drawSamplesOf(values, look, comparison), look }];
  });
}

/** How the samples of each pairing's first seed came about, made from the same latents all along. */
export async function momentsOf(groups: readonly Group[], comparison: Comparison): Promise<Figure[]> {
  return await forEachFirst(groups, async ({ samples }, look) => [
    {
      name: `samples-over-time-${look.name}`,
      alt: `${look.label}: samples from the same latents at iterations ${samples.map(({ iteration }) => iteration).join(", ")}`,
      drawing: isImages(comparison)
        ? await drawImagesOverTime(samples, comparison.shape)
        : film(samples, look, comparison),
      look,
    },
  ]);
}

/** The last pictures of each pairing's first seed, each with the training picture nearest to it at its right. */
export async function nearestOf(groups: readonly Group[], { shape }: Comparison): Promise<Figure[]> {
  return await forEachFirst(groups, async ({ nearest }, look) => {
    if (!nearest) return [];
    return [
      {
        name: `nearest-${look.name}`,
        alt: `${look.label}: generated images, each beside the training image nearest to it`,
        drawing: await drawImages(nearest.pairs, shape),
        look,
      },
    ];
  });
}

/**
 * The output of each pairing's critic or discriminator over the plane, and beside it the scores of the optimal critic for the same
 * samples: on one scale where both are distances.
 */
export async function surfacesOf(groups: readonly Group[], { real }: Comparison): Promise<Figure[]> {
  return await forEachFirst(groups, async ({ surface, optimalSurface }, look) => {
    if (!surface?.values.some(Number.isFinite)) return [];
    const best = optimalSurface && centred(optimalSurface);
    const comparable = best !== null && scoresAreDistances(look);
    const learned = comparable ? centred(surface) : surface;
    const scale = comparable ? extent([...learned.values, ...best.values]) : undefined;
    const figures: Figure[] = [
      {
        name: `surface-${look.name}`,
        alt: `${look.label}: the output over the plane as a heat map, with lines of equal output`,
        ...(best && { title: "as learned" }),
        drawing: await drawSurface(learned, look.loss.output, real, scale),
        look,
      },
    ];
    if (best) {
      figures.push({
        name: `optimal-critic-${look.name}`,
        alt: `The scores of the optimal critic between real samples and those of ${look.label}, over the plane`,
        title: "optimal critic for its samples",
        drawing: await drawSurface(best, "score", real, scale),
        look,
      });
    }
    return figures;
  });
}

/** The real samples, where they are no backdrop of the generated ones. */
export async function realImages(comparison: Comparison): Promise<Figure[]> {
  if (!isImages(comparison)) return [];
  return [
    {
      name: "samples-real",
      alt: "Real images",
      title: "Real",
      drawing: await drawImages(comparison.real, comparison.shape),
    },
  ];
}

/** The last samples of a run. */
export async function drawSamplesOf(values: Float32Array, { color }: Look, comparison: Comparison): Promise<Drawing> {
  const { real, shape, rows } = comparison;
  return isImages(comparison)
    ? await drawImages(values, shape, rows)
    : drawSamples({ samples: values, real, shape, color });
}

export function isImages({ kind }: Comparison): boolean {
  return kind === "images";
}

function film(samples: RunPictures["samples"], { color }: Look, { real, shape }: Comparison): Drawing {
  const side = Math.floor((FIGURE_WIDTH - (FILM_COLUMNS - 1) * GAP) / FILM_COLUMNS);
  const frames = samples.map(({ iteration, values }) =>
    stack([drawSmallSamples({ samples: values, real, shape, color }, side), caption(formatCount(iteration), side)]),
  );
  return tiles(frames, FILM_COLUMNS, GAP);
}

type Draw = (run: RunPictures, look: Look, first: boolean) => Promise<Figure[]>;

async function forEachFirst(groups: readonly Group[], draw: Draw): Promise<Figure[]> {
  return await forEachRun(
    groups.map((group) => ({ ...group, pictures: group.pictures.slice(0, 1) })),
    draw,
  );
}

async function forEachRun(groups: readonly Group[], draw: Draw): Promise<Figure[]> {
  const figures = groups.flatMap(({ look, pictures }) =>
    pictures.flatMap((run, i) => (run.samples.length > 0 ? [draw(run, look, i === 0)] : [])),
  );
  return (await Promise.all(figures)).flat();
}
