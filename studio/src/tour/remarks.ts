import { pearsonCorrelation } from "../../../src/metrics/correlation.js";
import { conditionSlack, criticLag, exceedsFloor, runningEstimate } from "../../../src/report/gaps.js";
import type { Evaluation } from "../../../src/runs/results.js";
import type { SideSettings } from "../settings/settings.js";

/** What is known of one side's run: all that a remark is made from. */
export interface RunSoFar {
  readonly settings: SideSettings;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  /** How many modes the data have; `null` where that is not known. */
  readonly modes: number | null;
}

/** What can be remarked, with the figures that the sentence names. */
export type Remark =
  /** A W-critic without a condition has a slope far above 1. */
  | { readonly kind: "unbounded"; readonly slope: number }
  /** A discriminator gives many fakes no feedback; `share` of them, where that was measured. */
  | { readonly kind: "saturated"; readonly share: number | null }
  /** Modes that good samples once lay on have none. */
  | { readonly kind: "lost"; readonly captured: number; readonly before: number }
  /** Few modes, and fakes no nearer to the reals than at the start. */
  | { readonly kind: "collapsed"; readonly captured: number; readonly modes: number }
  /** A W-critic is so flat that its estimate is far too low. */
  | { readonly kind: "flat"; readonly slope: number }
  /** The estimate tells the distance, or at least how it changes. */
  | { readonly kind: "follows"; readonly estimate: number; readonly distance: number }
  /** The estimate is too high, since the slope is. */
  | { readonly kind: "exceeds"; readonly share: number; readonly slope: number }
  /** The estimate is too low although the slope is about 1: the critic has not caught up with the generator. */
  | { readonly kind: "lags"; readonly estimate: number; readonly distance: number }
  /**
   * What the critic says as it trains and once it is settled, beside the debiased exact distance; a gap that does not exceed the floor
   * is `null`.
   */
  | {
      readonly kind: "settled";
      readonly estimate: number;
      readonly settled: number;
      readonly distance: number;
      readonly lag: number | null;
      readonly slack: number | null;
    }
  /** Every mode has samples, and most samples are good. */
  | { readonly kind: "complete"; readonly modes: number; readonly share: number };

/** When something is remarked. A state must hold over the last `steady` evaluations, so that remarks do not flicker. */
export const THRESHOLDS = {
  steady: 3,
  /** Before this iteration nothing is: every run begins badly. */
  firstIteration: 60,
  /** Slope that no longer passes for a slope of about 1. */
  steepSlope: 5,
  /** Share of fakes without feedback, and mean feedback, at which a discriminator counts as saturated. */
  starvedShare: 0.25,
  feedback: 1e-3,
  /** Modes count as had only where this share of the samples was of high quality: stray samples hit modes by chance. */
  goodShare: 0.1,
  /** Fewer than this share of the modes are few. */
  fewModes: 0.5,
  /** Fakes at more than this share of the distance that they began at have not come nearer. */
  noNearer: 0.9,
  /** Slope of a critic that is too flat to measure with. */
  flatSlope: 0.5,
  /** Slope from which it is not for its flatness that an estimate is too low. */
  fullSlope: 0.8,
  /** The estimate tells the distance within this share of it ... */
  close: 0.2,
  /** ... or changes with it: their correlation over the second half of the evaluations, of which there must be this many. */
  correlation: 0.8,
  correlated: 8,
  completeShare: 0.5,
} as const;

type Rule = (run: RunSoFar, recent: readonly Evaluation[]) => Remark | null;

/** The most important remark on a run, or `null` where there is nothing to say. */
export function remarkOn(run: RunSoFar): Remark | null {
  const recent = run.evaluations.slice(-THRESHOLDS.steady);
  const late = recent.length === THRESHOLDS.steady && recent[0]!.iteration >= THRESHOLDS.firstIteration;
  if (!late) return null;
  for (const rule of RULES) {
    const remark = rule(run, recent);
    if (remark) return remark;
  }
  return null;
}

const unbounded: Rule = ({ settings }, recent) => {
  const free = settings.loss === "wasserstein" && settings.constraint === "none";
  if (!free || !recent.every(({ slopeMean }) => slopeMean > THRESHOLDS.steepSlope)) return null;
  return { kind: "unbounded", slope: newest(recent).slopeMean };
};

const saturated: Rule = ({ settings }, recent) => {
  const starves = ({ starvedShare, feedback }: Evaluation) =>
    (starvedShare ?? 0) >= THRESHOLDS.starvedShare || feedback < THRESHOLDS.feedback;
  if (!settings.loss.startsWith("bce") || !recent.every(starves)) return null;
  return { kind: "saturated", share: newest(recent).starvedShare };
};

const lost: Rule = ({ evaluations }, recent) => {
  const good = evaluations.filter(({ highQualityShare }) => (highQualityShare ?? 0) >= THRESHOLDS.goodShare);
  const before = Math.max(0, ...good.map(({ modesCaptured }) => modesCaptured ?? 0));
  if (!recent.every(({ modesCaptured }) => modesCaptured !== null && modesCaptured <= before * THRESHOLDS.fewModes)) {
    return null;
  }
  return before === 0 ? null : { kind: "lost", captured: newest(recent).modesCaptured!, before };
};

const collapsed: Rule = ({ evaluations, modes }, recent) => {
  const start = evaluations[0]!.emd;
  if (modes === null || start === null) return null;
  const astray = ({ modesCaptured, emd }: Evaluation) =>
    (modesCaptured ?? modes) < modes * THRESHOLDS.fewModes && (emd ?? 0) > start * THRESHOLDS.noNearer;
  return recent.every(astray) ? { kind: "collapsed", captured: newest(recent).modesCaptured!, modes } : null;
};

const flat: Rule = ({ settings }, recent) => {
  if (settings.loss !== "wasserstein" || !recent.every(({ slopeMean }) => slopeMean < THRESHOLDS.flatSlope))
    return null;
  return { kind: "flat", slope: newest(recent).slopeMean };
};

const follows: Rule = ({ settings, evaluations }, recent) => {
  if (settings.constraint === "none") return null;
  const pairs = comparable(recent);
  if (pairs.length < recent.length) return null;
  const near = pairs.every(({ estimate, distance }) => Math.abs(estimate - distance) <= THRESHOLDS.close * distance);
  const { estimate, distance } = pairs.at(-1)!;
  // Clipped weights allow some other slope than 1, so that only the estimate's changes would mean something.
  const along = settings.constraint !== "clip" && movesAlong(evaluations);
  return near || along ? { kind: "follows", estimate, distance } : null;
};

/** Whether estimate and distance have risen and fallen together over the second half of a run. */
function movesAlong(evaluations: readonly Evaluation[]): boolean {
  const second = comparable(evaluations.slice(Math.floor(evaluations.length / 2)));
  if (second.length < THRESHOLDS.correlated) return false;
  const correlation = pearsonCorrelation(
    second.map(({ estimate }) => estimate),
    second.map(({ distance }) => distance),
  );
  return correlation !== null && correlation >= THRESHOLDS.correlation;
}

const exceeds: Rule = ({ settings }, recent) => {
  if (settings.constraint !== "gp" && settings.constraint !== "lp") return null;
  const pairs = comparable(recent);
  const high = pairs.every((pair) => tells(pair) && pair.estimate > pair.distance * (1 + THRESHOLDS.close));
  if (pairs.length < recent.length || !high) return null;
  const { estimate, distance } = pairs.at(-1)!;
  return { kind: "exceeds", share: estimate / distance - 1, slope: newest(recent).slopeMean };
};

const lags: Rule = ({ settings }, recent) => {
  if (settings.constraint === "none" || settings.constraint === "clip") return null;
  const pairs = comparable(recent);
  const low = pairs.every((pair) => tells(pair) && pair.estimate < pair.distance * (1 - THRESHOLDS.close));
  const steep = recent.every(({ slopeMean }) => slopeMean >= THRESHOLDS.fullSlope);
  if (pairs.length < recent.length || !low || !steep) return null;
  const { estimate, distance } = pairs.at(-1)!;
  return { kind: "lags", estimate, distance };
};

const settled: Rule = ({ settings }, recent) => {
  if (settings.constraint === "none" || settings.constraint === "clip") return null;
  const measured = recent.findLast(({ settledEstimate }) => settledEstimate !== null);
  if (!measured) return null;
  const { settledEstimate, debiasedEmd, emdFloor } = measured;
  const estimate = runningEstimate(measured);
  const [lag, slack] = [criticLag(measured), conditionSlack(measured)];
  if (settledEstimate === null || debiasedEmd === null || estimate === null || lag === null || slack === null)
    return null;
  const told = (gap: number) => (exceedsFloor(gap, emdFloor) ? gap : null);
  return {
    kind: "settled",
    estimate,
    settled: settledEstimate,
    distance: debiasedEmd,
    lag: told(lag),
    slack: told(slack),
  };
};

const complete: Rule = ({ modes }, recent) => {
  const all = ({ modesCaptured, highQualityShare }: Evaluation) =>
    modesCaptured === modes && (highQualityShare ?? 0) >= THRESHOLDS.completeShare;
  return modes !== null && recent.every(all)
    ? { kind: "complete", modes, share: newest(recent).highQualityShare! }
    : null;
};

/** The first that applies is said: what has gone wrong, then what the numbers mean, then what goes well. */
const RULES: readonly Rule[] = [unbounded, saturated, lost, collapsed, flat, settled, complete, follows, exceeds, lags];

const newest = (evaluations: readonly Evaluation[]): Evaluation => evaluations.at(-1)!;

interface Compared {
  readonly estimate: number;
  /** Debiased, where that was measured. */
  readonly distance: number;
  readonly floor: number | null;
}

/** Estimates on held-out samples, or else on those of training, beside the exact distances. */
function comparable(evaluations: readonly Evaluation[]): readonly Compared[] {
  return evaluations.flatMap((one) => {
    const [estimate, distance] = [runningEstimate(one), one.debiasedEmd ?? one.emd];
    return estimate === null || distance === null ? [] : [{ estimate, distance, floor: one.emdFloor }];
  });
}

/** Whether estimate and distance differ by more than two real samples do. */
function tells({ estimate, distance, floor }: Compared): boolean {
  return exceedsFloor(estimate - distance, floor);
}
