import { shownIn } from "../metrics/catalogue.js";
import { settledPearson } from "../metrics/estimateQuality.js";
import { debiasedEmd, emd } from "../metrics/exactDistances.js";
import type { HasFigures } from "../metrics/metric.js";
import { settledEstimate } from "../metrics/settled.js";
import { featuresSentence } from "../runs/pictureFeatures.js";
import type { Comparison } from "../runs/results.js";
import { estimateFigures } from "./figures/estimates.js";
import type { Family } from "./figures/figure.js";
import { lossesOverTime, outputsOverTime, valuesOverTime } from "./figures/ofEachPairing.js";
import { namedCurves, oneDimensionalFigures } from "./figures/oneDimensional.js";
import { figuresOverTime } from "./figures/overTime.js";
import { isImages, momentsOf, nearestOf, realImages, samplesOf, surfacesOf } from "./figures/pictures.js";
import { formatCount } from "./format.js";
import type { PageFigures } from "./page/page.js";
import { floorOf, type Group } from "./summary.js";

/** All figures of a report with the words that explain them; families that a comparison has no figure for are left out. */
export async function familiesOf(comparison: Comparison, groups: readonly Group[]): Promise<PageFigures> {
  const shown = (families: readonly Family[]) => families.filter(({ figures }) => figures.length > 0);
  return {
    before: shown([
      await samples(comparison, groups),
      await nearest(comparison, groups),
      { ...surfaces, figures: await surfacesOf(groups, comparison) },
      oneDimensional(comparison, groups),
    ]),
    after: shown([
      {
        ...together,
        caption: `${floorOf(groups) === null ? "" : FLOOR}${picturesCaption(comparison)}${together.caption}`,
        figures: figuresOverTime(groups, shownIn(comparison.results)),
      },
      values(groups),
      estimates(groups),
      { ...outputs, figures: outputsOverTime(groups) },
      { ...losses, figures: lossesOverTime(groups) },
      { ...moments, figures: await momentsOf(groups, comparison) },
    ]),
  };
}

async function samples(comparison: Comparison, groups: readonly Group[]): Promise<Family> {
  const all = await samplesOf(groups, comparison);
  const first = groups.map(({ look }) => all.find((figure) => figure.look === look));
  const rest = all.filter((figure) => !first.includes(figure));
  const [dimension = 0] = comparison.shape;
  const columns = dimension > 2 ? `The first two of ${dimension} columns are drawn. ` : "";
  return {
    title: "What the generators learned",
    caption: isImages(comparison)
      ? "Images made by each generator at its last evaluation, after real ones to compare with."
      : `Samples of each generator at its last evaluation (colour) over real samples (grey). ${columns}A good generator covers all of the grey and adds nothing elsewhere.`,
    figures: [...(await realImages(comparison)), ...first.filter((figure) => figure !== undefined)],
    ...(rest.length > 0 && { more: { title: "The other seeds", figures: rest } }),
  };
}

async function nearest(comparison: Comparison, groups: readonly Group[]): Promise<Family> {
  const first = groups.flatMap(({ pictures }) => pictures.flatMap((run) => run.nearest ?? []))[0];
  return {
    title: "The nearest training pictures",
    caption: first
      ? `Pictures of each generator, and at the right of each the training picture nearest to it by ${first.by}, of ${formatCount(first.among)} that the seed chooses${first.isMirrored ? " and their mirrored copies" : ""}. A pair that shows the same picture is a copy.`
      : "",
    figures: await nearestOf(groups, comparison),
  };
}

const surfaces = {
  wide: true,
  title: "What their opponents think of the plane",
  caption:
    "As learned: the output at every place of the plane once training is over, with lines of equal output and real samples as black dots. " +
    "A generator climbs towards brighter ground: where the picture is flat, it has nowhere to go. " +
    "Then what the critic of a W-loss is after, and a probability between 0 and 1 can never be: the optimal critic, of all functions whose slope is 1 at most the one that tells this generator's samples and held-out real ones furthest apart, computed by exact optimal transport. " +
    "A critic held to the same slope shares its colours, with 0 half-way between real and generated. The nearer the two sets are to each other, the more of what it finds is chance.",
};

function oneDimensional({ oneDimensional: figure }: Comparison, groups: readonly Group[]): Family {
  const others = (figure ? namedCurves(figure, groups) : []).flatMap(({ look, drawnWith }) =>
    drawnWith === null
      ? []
      : [
          ` The critic of ${look.label} is drawn here with the ${drawnWith}: on a line the two-sided penalty can trap a critic that starts with the wrong slope.`,
        ],
  );
  return {
    title: "Why the sigmoid starves its generator",
    caption:
      "Two Gaussians on a line that have nothing in common, and an opponent trained until it tells them apart (after Arjovsky et al. 2017, figure 2). " +
      "The discriminator is right everywhere and flat where the generated samples are, so they feel no pull. The critic, whose slope must not exceed 1, is close to a line: the pull is the same everywhere. " +
      "Dashed, the optimal critic, computed by exact optimal transport: the best that any critic of slope 1 could do. Only between the samples is it determined; beyond them another line may be as good." +
      others.join(""),
    figures: figure ? oneDimensionalFigures(figure, groups) : [],
  };
}

const FLOOR =
  "The exact Earth mover's distance has a floor, the distance between two real samples of the same size: it falls below that by chance only. ";

/** How the pictures of a comparison were compared, where they were. */
function picturesCaption({ results: { features } }: Comparison): string {
  if (features === undefined) return "";
  return `${featuresSentence(features)} The line "real against real" is the same figure of as many training pictures against the same held-out ones: no generator gets past it but by chance. `;
}

const together = {
  wide: true,
  title: "Over the iterations",
  caption:
    "Generator feedback is how strongly an average generated sample is pulled; with next to none a generator stops learning. " +
    "A few samples that are pulled hard hide others that feel nothing, so those are counted: a sample starves when its feedback is below 0.001, where a critic of slope 1 gives 1. " +
    "The slope is how steep the critic's output is between real and generated samples: the W-loss asks for 1 at most. " +
    "One line is one seed, and where there are several it ends in the mark of its seed; a cross marks a run that stopped early; a zero stands on the lower edge of a logarithmic scale.",
};

function values(groups: readonly Group[]): Family {
  const has = (of: (run: HasFigures) => number | null) =>
    groups.some(({ runs }) => runs.some((run) => of(run) !== null));
  const exact = has(emd.of);
  const clipped = groups.some(({ look }) => look.loss.estimatesDistance && look.constraint.slope === "some");
  const ownScale = clipped
    ? " Clipped weights allow another slope than 1, which multiplies what the critic says: it has the scale on the right, fitted to the exact one."
    : "";
  const game = groups.some(({ look }) => !look.loss.estimatesDistance)
    ? " The value under another loss measures something else; with the best opponent it lies between the two dotted lines."
    : "";
  return {
    title: "Does the number it reports mean anything?",
    caption: exact
      ? "Under a W-loss the critic's number estimates the exact Earth mover's distance between held-out real and generated samples, in the same units." +
        (has(debiasedEmd.of) ? DEBIASED : "") +
        (has(settledEstimate.of) ? SETTLED : "") +
        ownScale +
        game
      : "What discriminator or critic and generator fight over. Under a W-loss it is an estimate of how far the generated samples are from the real ones, and falls as they get better. " +
        "The value under another loss need not; with the best opponent it lies between the two dotted lines.",
    figures: valuesOverTime(groups),
  };
}

const DEBIASED =
  " Debiased, EMD(real, fake) − ½ EMD(real, real′) − ½ EMD(fake, fake′), that distance is rid of what drawing samples adds. " +
  "The floor is EMD(real, real′), between two real samples of that size: a smaller difference may be chance.";

const SETTLED =
  " The running estimate is mean c(real) − mean c(fake) of the critic as it trains; the settled one is the same of a copy that is trained on, against a generator that stands still, until it stops rising on held-out samples. " +
  "From running to settled is the critic's lag; from debiased exact to settled is its condition's slack, what the constraint lets it say too much or too little.";

function estimates(groups: readonly Group[]): Family {
  const settled = groups.some(({ runs }) => runs.some((run) => settledPearson.of(run) !== null));
  return {
    title: "Does the estimate follow the exact distance?",
    caption:
      "Each dot is one evaluation, hollow in the first half of the run: the exact Earth mover's distance between held-out real and generated samples, and the critic's running estimate of it. " +
      "On the dotted line the two are equal. Pearson's correlation is 1 where the dots lie on any rising line, Spearman's where the estimate falls whenever the distance does. " +
      "At first a critic lags behind a generator that changes fast, and its estimate is too low or below zero; the second half is measured for itself." +
      (settled
        ? " A diamond is the settled estimate, over the debiased distance. Left of the line at the floor, distances are no larger than between two real samples."
        : ""),
    figures: estimateFigures(groups),
  };
}

const outputs = {
  title: "How far apart the outputs lie",
  caption:
    "From the smallest to the largest output on real and on generated samples (first seed). Where the two ranges overlap, the opponent cannot be sure; where they part for good, a bounded output has nothing left to say.",
};

const losses = {
  title: "The losses",
  caption:
    "What both players minimise, penalties left out. They pull against each other, so neither line has to fall, and neither says how good the samples are.",
};

const moments = {
  title: "How the samples came about",
  caption: "The same latents through each generator at several iterations (first seed).",
};
