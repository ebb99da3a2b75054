import { constraints } from "../../../src/lipschitz/index.js";
import { COVERAGE_SAMPLES, highQualityShare, modesCaptured, modesTotal } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emdFloor, exceedsFloor } from "../../../src/metrics/exactDistances.js";
import { starvedShare } from "../../../src/metrics/feedback.js";
import { value } from "../../../src/metrics/losses.js";
import type { Shown } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { formatNumber } from "../../../src/report/format.js";
import { wordsOf } from "../language/catalogues.js";
import { number, percent, whole } from "../language/format.js";
import { defaultsFor } from "../settings/defaults.js";
import { SIDES, type Side, type SideSettings } from "../settings/settings.js";
import { type Act, LEARNED, type Lesson, lesson } from "./lesson.js";
import { planLength, surfaceRange } from "./measured.js";
import type { Seen } from "./stage.js";

const W_GP: SideSettings = { loss: "wasserstein", constraint: "gp" };
const W_NONE: SideSettings = { loss: "wasserstein", constraint: "none" };

/** The BCE of a discriminator that can only guess, summed over both terms. */
const GUESSED = 2 * Math.log(2);

/** The ways to hold a critic's slope that the lesson on the condition goes through, none first. */
const WAYS = ["none", "clip", "gp", "lp", "sn", "orth"] as const;

const train = (iterations: number): Act => ({
  label: ({ lessons }) => lessons.acts.train(whole(iterations)),
  train: iterations,
});

const opponents = (steps: number): Act => ({
  label: ({ lessons }) => lessons.acts.opponents(whole(steps)),
  now: (stage) => {
    for (let k = 0; k < steps; k++) stage.step("critic");
  },
});

const apart = (distance: number): Act => ({
  label: ({ lessons }) => lessons.acts.apart(number(distance)),
  now: (stage) => stage.setLine({ means: { real: distance / 2, fake: -distance / 2 }, seed: 0 }),
});

/** Holds the left critic in this way, and trains both critics from the start while the generators stand still. */
const hold = (constraint: string, steps: number): Act => ({
  label: () => wordsOf("constraints", constraints.get(constraint)).what,
  now: (stage) => {
    stage.begin({ ...defaultsFor("ring"), left: { ...W_NONE, constraint }, right: W_GP });
    for (let k = 0; k < steps; k++) stage.step("critic");
  },
});

/** A figure with the digits that charts give it. */
const figured = (value: number): string => number(value, 3);

/** A figure of a side at its newest evaluation. */
const figure = (seen: Seen, side: Side, metric: Shown<number>): number | null => {
  const { evaluation } = seen.sides[side];
  return evaluation && metric.of(evaluation);
};

/** Whether both sides were evaluated after so many more iterations. */
const trained = (now: Seen, before: Seen, iterations: number): boolean =>
  SIDES.every((side) => (now.sides[side].evaluation?.iteration ?? 0) >= before.iteration + iterations);

/** Whether both sides were evaluated after so many more steps of the opponents. */
const stepped = (now: Seen, before: Seen, steps: number): boolean =>
  now.criticUpdates >= before.criticUpdates + steps &&
  SIDES.every((side) => secondsOf(now, side) > secondsOf(before, side));

/** How long a side had trained at its newest evaluation. */
const secondsOf = (seen: Seen, side: Side): number => seen.sides[side].evaluation?.seconds ?? 0;

/** Whether the picture of a side is of its newest evaluation. */
const isDrawn = (seen: Seen, side: Side): boolean => {
  const { frame, evaluation } = seen.sides[side];
  return frame !== null && frame.iteration === evaluation?.iteration;
};

/** All of these, or `null` where one is missing. */
function all<T extends readonly (number | null)[]>(...numbers: T): { [K in keyof T]: number } | null {
  return numbers.includes(null) ? null : (numbers as { [K in keyof T]: number });
}

/** The lecture, in the order in which it is held. */
export const LESSONS: readonly Lesson[] = [
  lesson("bce", {
    mode: "plane",
    target: "scene-left",
    formulas: ["bceLong", "bceParts", "bce"],
    layers: ["surface", "contours", "real", "fakes"],
    figures: ["bce"],
    acts: [opponents(100)],
    generatorsStand: true,
    lecture: "falls",
    check(now, before) {
      const found = stepped(now, before, 100) && all(figure(before, "left", value), figure(now, "left", value));
      if (!found) return null;
      const [first, last] = [-found[0], -found[1]];
      const answer =
        last > 1.1 * first ? "rises" : last > 0.9 * first ? "stays" : last < GUESSED / 2 ? "falls" : "guesses";
      return { answer, said: (measured) => measured(figured(first), figured(last)) };
    },
  }),
  lesson("minimax", {
    mode: "plane",
    target: "scene-left",
    formulas: ["game"],
    layers: ["surface", "real", "fakes", "arrows"],
    figures: ["value"],
    acts: [train(200)],
    lecture: "discriminator",
    check(now, before) {
      const found = trained(now, before, 200) && all(figure(before, "left", value), figure(now, "left", value));
      if (!found) return null;
      const [first, last] = found;
      const answer = last > -0.4 ? "discriminator" : last < -1.1 ? "generator" : "between";
      return { answer, said: (measured) => measured(figured(first), figured(last)) };
    },
  }),
  lesson("saturation", {
    mode: "line",
    target: "line",
    formulas: ["saturation"],
    line: { means: { real: 1.2, fake: -1.2 }, seed: 0 },
    acts: [apart(4.8)],
    lecture: "vanishes",
    check({ line }, { line: before }) {
      if (!line || !before || line.updatesHere < LEARNED) return null;
      const between = ({ means }: typeof line) => Math.abs(means.real - means.fake);
      if (between(line) < between(before) + 1.5) return null;
      const share = line.discriminator.feedback / before.discriminator.feedback;
      const answer = share < 0.1 ? "vanishes" : share > 1.2 ? "grows" : "stays";
      const told = (of: "discriminator" | "critic") =>
        [formatNumber(before[of].feedback), formatNumber(line[of].feedback)] as const;
      return {
        answer,
        said: (measured) =>
          measured(number(between(before)), number(between(line)), ...told("discriminator"), ...told("critic")),
      };
    },
  }),
  lesson("collapse", {
    mode: "plane",
    target: "scene-left",
    formulas: [],
    prepared: "collapsed",
    layers: ["surface", "real", "fakes"],
    figures: ["modes", "good", "distance"],
    acts: [train(200)],
    lecture: "stays",
    begins(now) {
      const found = all(
        figure(now, "left", modesCaptured),
        figure(now, "left", modesTotal),
        figure(now, "left", highQualityShare),
        figure(now, "right", modesCaptured),
        figure(now, "right", highQualityShare),
      );
      if (!found) return null;
      const [left, total, goodLeft, right, goodRight] = found;
      return (measured) =>
        measured.begins(
          whole(now.iteration),
          whole(total),
          [whole(left), percent(goodLeft)],
          [whole(right), percent(goodRight)],
        );
    },
    check(now, before) {
      const found =
        trained(now, before, 200) &&
        all(
          figure(before, "left", modesCaptured),
          figure(now, "left", modesCaptured),
          figure(now, "left", modesTotal),
          figure(now, "left", highQualityShare),
          figure(now, "left", debiasedEmd),
          figure(now, "right", debiasedEmd),
        );
      if (!found) return null;
      const [first, last, total, good, left, right] = found;
      const answer = last === 0 ? "loses" : last >= total - 1 ? "finds" : "stays";
      return {
        answer,
        said: ({ came }) => came(whole(first), whole(last), percent(good), figured(left), figured(right)),
      };
    },
  }),
  lesson("distance", {
    mode: "plane",
    target: "scene-right",
    formulas: ["distance"],
    layers: ["plan", "real", "fakes"],
    figures: ["distance", "good"],
    acts: [train(100)],
    lecture: "atOnce",
    check(now, before) {
      const found =
        trained(now, before, 100) &&
        isDrawn(now, "right") &&
        all(
          figure(before, "right", debiasedEmd),
          figure(now, "right", debiasedEmd),
          figure(now, "right", highQualityShare),
          figure(now, "right", modesCaptured),
          figure(now, "right", modesTotal),
          planLength(before.sides.right.frame),
          planLength(now.sides.right.frame),
        );
      if (!found) return null;
      const [first, last, good, modes, total, linesFirst, linesLast] = found;
      const answer = last > 0.9 * first ? "never" : good < 0.2 ? "atOnce" : "overlapping";
      return {
        answer,
        said: (measured) =>
          measured(
            [figured(linesFirst), figured(linesLast)],
            [figured(first), figured(last)],
            whole(good * COVERAGE_SAMPLES),
            whole(COVERAGE_SAMPLES),
            whole(modes),
            whole(total),
          ),
      };
    },
  }),
  lesson("wasserstein", {
    mode: "plane",
    target: "scene-right",
    formulas: ["game", "wGame"],
    layers: ["surface", "contours", "real", "fakes"],
    figures: ["value", "distance"],
    acts: [opponents(100)],
    generatorsStand: true,
    lecture: "distance",
    check(now, before) {
      const found =
        stepped(now, before, 100) &&
        all(figure(now, "left", value), figure(now, "right", value), figure(now, "right", debiasedEmd));
      if (!found) return null;
      const [bce, estimate, distance] = found;
      const share = estimate / distance;
      const stops = share < 0.2 ? "zero" : share > 1.4 ? "beyond" : share > 0.7 ? "distance" : null;
      const answer = bce > -GUESSED / 2 ? stops : null;
      return { answer, said: (measured) => measured(figured(bce), figured(estimate), figured(distance)) };
    },
  }),
  lesson("critic", {
    mode: "plane",
    target: "scene-right",
    formulas: ["sigmoid", "linear"],
    prepared: "halfway",
    layers: ["surface", "contours", "real", "fakes", "arrows"],
    figures: ["starved"],
    acts: [opponents(100)],
    generatorsStand: true,
    lecture: "discriminator",
    check(now, before) {
      const found =
        stepped(now, before, 100) &&
        all(
          figure(before, "left", starvedShare),
          figure(now, "left", starvedShare),
          figure(before, "right", starvedShare),
          figure(now, "right", starvedShare),
        );
      const [left, right] = [surfaceRange(now.sides.left.frame), surfaceRange(now.sides.right.frame)];
      if (!found || !left || !right) return null;
      const grows = { left: found[1] > found[0] + 0.03, right: found[3] > found[2] + 0.03 };
      const answer = grows.left ? (grows.right ? "both" : "discriminator") : grows.right ? "critic" : "neither";
      const [a, b, c, d] = found.map(percent) as [string, string, string, string];
      const range = ([low, high]: readonly [number, number]) => [formatNumber(low), formatNumber(high)] as const;
      return { answer, said: (measured) => measured(a, b, c, d, range(left), range(right)) };
    },
  }),
  lesson("condition", {
    mode: "plane",
    target: "scene-left",
    formulas: ["dual", "penalty"],
    settings: { left: W_NONE, right: W_GP },
    layers: ["slope", "real", "fakes"],
    figures: ["estimate", "distance"],
    acts: [opponents(100)],
    generatorsStand: true,
    ways: WAYS.map((way) => hold(way, 100)),
    lecture: "grows",
    check(now, before) {
      const found =
        stepped(now, before, 100) &&
        all(
          figure(now, "left", runningEstimate),
          figure(now, "right", runningEstimate),
          figure(now, "left", debiasedEmd),
        );
      if (!found) return null;
      const [free, held, distance] = found;
      const answer = free > 3 * distance ? "grows" : free < 0.1 * distance ? "zero" : "distance";
      return { answer, said: (measured) => measured(figured(free), figured(held), figured(distance)) };
    },
  }),
  lesson("estimate", {
    mode: "plane",
    target: "scene-right",
    formulas: ["estimate", "settled"],
    prepared: "halfway",
    layers: ["surface", "real", "fakes"],
    figures: ["estimate", "settled", "distance", "floor"],
    acts: [{ label: ({ controls }) => controls.settleNow, now: (stage) => stage.settleNow() }],
    lecture: "equals",
    check(now) {
      const found = all(
        figure(now, "right", runningEstimate),
        figure(now, "right", settledEstimate),
        figure(now, "right", debiasedEmd),
        figure(now, "right", emdFloor),
      );
      if (!found) return null;
      const [running, settled, distance, floor] = found;
      const answer = !exceedsFloor(settled - distance, floor) ? "equals" : settled > distance ? "above" : "below";
      return {
        answer,
        said: (measured) => measured(figured(running), figured(settled), figured(distance), figured(floor)),
      };
    },
  }),
];
