/** Remarks on a run under way; numbers come formatted. */
export const remarks = {
  name: "What is happening",
  unbounded: (slope: string) =>
    `The critic's slope is ${slope}, and nothing holds it near 1. Its number no longer measures a distance.`,
  saturated: (share: string) =>
    `The discriminator has saturated: it is flat where ${share} of the fakes lie, and they get next to no feedback.`,
  starved: "The discriminator has saturated: the generator gets next to no feedback.",
  lost: (captured: string, before: string) => `Modes lost: ${captured} are captured, and it had been ${before}.`,
  collapsed: (captured: string, modes: string) =>
    `Mode collapse: the fakes reach ${captured} of ${modes} modes and are no nearer to the reals than at the start.`,
  flat: (slope: string) =>
    `The critic is too flat: its slope is ${slope}, where 1 is allowed. Its estimate is far too low.`,
  follows: (estimate: string, distance: string) =>
    `The estimate follows the exact distance: ${estimate} against ${distance}.`,
  exceeds: (share: string, slope: string) =>
    `The estimate is ${share} above the exact distance: the critic's mean slope is ${slope}. A larger λ would bring both down.`,
  lags: (estimate: string, distance: string) =>
    `The critic has not caught up: it estimates ${estimate} where the exact distance is ${distance}. More critic steps would help.`,
  settled: (estimate: string, settled: string, distance: string, lag: string, slack: string) =>
    `The critic says ${estimate} as it trains and ${settled} once settled; the exact distance, debiased, is ${distance}. Critic's lag: ${lag}. Condition's slack: ${slack}.`,
  belowFloor: "below the floor",
  complete: (modes: string, share: string) =>
    `All ${modes} modes are captured, and ${share} of the samples lie close to one.`,
};
