import { pearsonCorrelation } from "../../../src/metrics/correlation.js";
import { highQualityShare, modesCaptured } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emd, emdFloor, exceedsFloor } from "../../../src/metrics/exactDistances.js";
import { feedback, starvedShare } from "../../../src/metrics/feedback.js";
import type { Evaluation, Shown } from "../../../src/metrics/metric.js";
import { conditionSlack, criticLag, settledEstimate } from "../../../src/metrics/settled.js";
import { slopeMean } from "../../../src/metrics/slope.js";
import { opponentOf } from "../settings/opponent.js";
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
  /** ... or changes with it and is not off by more than this share: */
  loose: 1,
  /** their correlation over the second half of the evaluations, of which there must be this many. */
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
  const slope = newestOf(slopeMean, recent);
  const steep = recent.every((one) => (slopeMean.of(one) ?? 0) > THRESHOLDS.steepSlope);
  return free && steep && slope !== null ? { kind: "unbounded", slope } : null;
};

const saturated: Rule = ({ settings }, recent) => {
  const starves = (one: Evaluation) =>
    (starvedShare.of(one) ?? 0) >= THRESHOLDS.starvedShare || (feedback.of(one) ?? Infinity) < THRESHOLDS.feedback;
  if (opponentOf(settings) !== "discriminator" || !recent.every(starves)) return null;
  return { kind: "saturated", share: newestOf(starvedShare, recent) };
};

const lost: Rule = ({ evaluations }, recent) => {
  const good = evaluations.filter((one) => (highQualityShare.of(one) ?? 0) >= THRESHOLDS.goodShare);
  const before = Math.max(0, ...good.map((one) => modesCaptured.of(one) ?? 0));
  const captured = newestOf(modesCaptured, recent);
  const few = recent.every((one) => (modesCaptured.of(one) ?? Infinity) <= before * THRESHOLDS.fewModes);
  return few && captured !== null && before > 0 ? { kind: "lost", captured, before } : null;
};

const collapsed: Rule = ({ evaluations, modes }, recent) => {
  const start = evaluations[0] ? emd.of(evaluations[0]) : null;
  const captured = newestOf(modesCaptured, recent);
  if (modes === null || start === null || captured === null) return null;
  const astray = (one: Evaluation) =>
    (modesCaptured.of(one) ?? modes) < modes * THRESHOLDS.fewModes && (emd.of(one) ?? 0) > start * THRESHOLDS.noNearer;
  return recent.every(astray) ? { kind: "collapsed", captured, modes } : null;
};

const flat: Rule = ({ settings }, recent) => {
  const slope = newestOf(slopeMean, recent);
  const flat = recent.every((one) => (slopeMean.of(one) ?? Infinity) < THRESHOLDS.flatSlope);
  return settings.loss === "wasserstein" && flat && slope !== null ? { kind: "flat", slope } : null;
};

const follows: Rule = ({ settings, evaluations }, recent) => {
  if (settings.constraint === "none") return null;
  const pairs = comparable(recent);
  if (pairs.length < recent.length) return null;
  const within = (share: number) =>
    pairs.every(({ estimate, distance }) => Math.abs(estimate - distance) <= share * distance);
  const { estimate, distance } = pairs.at(-1)!;
  // Clipped weights allow some other slope than 1, so that only the estimate's changes would mean something.
  const along = settings.constraint !== "clip" && within(THRESHOLDS.loose) && movesAlong(evaluations);
  return within(THRESHOLDS.close) || along ? { kind: "follows", estimate, distance } : null;
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
  const [last, slope] = [pairs.at(-1), newestOf(slopeMean, recent)];
  return last && slope !== null ? { kind: "exceeds", share: last.estimate / last.distance - 1, slope } : null;
};

const lags: Rule = ({ settings }, recent) => {
  if (settings.constraint === "none" || settings.constraint === "clip") return null;
  const pairs = comparable(recent);
  const low = pairs.every((pair) => tells(pair) && pair.estimate < pair.distance * (1 - THRESHOLDS.close));
  const steep = recent.every((one) => (slopeMean.of(one) ?? 0) >= THRESHOLDS.fullSlope);
  if (pairs.length < recent.length || !low || !steep) return null;
  const { estimate, distance } = pairs.at(-1)!;
  return { kind: "lags", estimate, distance };
};

const settled: Rule = ({ settings }, recent) => {
  if (settings.constraint === "none" || settings.constraint === "clip") return null;
  const measured = recent.findLast((one) => settledEstimate.of(one) !== null);
  if (!measured) return null;
  const [estimate, settled, distance] = [
    runningEstimate.of(measured),
    settledEstimate.of(measured),
    debiasedEmd.of(measured),
  ];
  const [lag, slack] = [criticLag.of(measured), conditionSlack.of(measured)];
  if (estimate === null || settled === null || distance === null || lag === null || slack === null) return null;
  const told = (gap: number) => (exceedsFloor(gap, emdFloor.of(measured)) ? gap : null);
  return { kind: "settled", estimate, settled, distance, lag: told(lag), slack: told(slack) };
};

const complete: Rule = ({ modes }, recent) => {
  const share = newestOf(highQualityShare, recent);
  const all = (one: Evaluation) =>
    modesCaptured.of(one) === modes && (highQualityShare.of(one) ?? 0) >= THRESHOLDS.completeShare;
  return modes !== null && share !== null && recent.every(all) ? { kind: "complete", modes, share } : null;
};

/** The first that applies is said: what has gone wrong, then what the numbers mean, then what goes well. */
const RULES: readonly Rule[] = [unbounded, saturated, lost, collapsed, flat, settled, complete, follows, exceeds, lags];

/** A figure at the newest of several evaluations. */
function newestOf(metric: Shown<number>, evaluations: readonly Evaluation[]): number | null {
  const newest = evaluations.at(-1);
  return newest ? metric.of(newest) : null;
}

interface Compared {
  readonly estimate: number;
  /** Debiased, where that was measured. */
  readonly distance: number;
  readonly floor: number | null;
}

/** Estimates on held-out samples, or else on those of training, beside the exact distances. */
function comparable(evaluations: readonly Evaluation[]): readonly Compared[] {
  return evaluations.flatMap((one) => {
    const [estimate, distance] = [runningEstimate.of(one), debiasedEmd.of(one) ?? emd.of(one)];
    return estimate === null || distance === null ? [] : [{ estimate, distance, floor: emdFloor.of(one) }];
  });
}

/** Whether estimate and distance differ by more than two real samples do. */
function tells({ estimate, distance, floor }: Compared): boolean {
  return exceedsFloor(estimate - distance, floor);
}
