export const line = {
  title: "Two distributions on a line",
  intro:
    "Drag the fakes and the reals together or apart. All the while a discriminator (BCE) and a critic (W-loss) are trained to tell the two apart. Where they do not overlap, the discriminator is saturated and the generator's gradient vanishes; the critic's slope stays.",
  real: "real",
  fake: "fake",
  discriminator: "discriminator, d(x)",
  critic: "critic, c(x)",
  optimal: "- - optimal critic",
  /** Of the two handles. */
  meanOfReal: "Mean of the reals",
  meanOfFake: "Mean of the fakes",
  /** What a handle says of itself: where it is, and what that makes of both. */
  at: (mean: string, discriminator: string, critic: string) =>
    `${mean}; generator feedback: discriminator ${discriminator}, critic ${critic}`,
  pause: "Pause",
  play: "Train",
  restart: "Start again",
  seed: "Seed",
  /** Of the slider. */
  apart: "Distance of the means",
  updates: (count: string) => `${count} updates of each`,
  /** For screen readers: the picture. */
  picture: (distance: string) =>
    `The discriminator's sigmoid and the critic's line over the densities of reals and fakes, whose means are ${distance} apart`,
  feedback: "Generator feedback at the fakes",
  feedbackNote: "How strongly a fake is told where to go: the mean norm of the gradient of the generator's loss.",
  who: "told by",
  value: "value",
  linear: "on a linear scale, 0 to 1.5",
  logarithmic: "on a logarithmic scale, 10⁻¹² to 10",
  discriminatorRow: "discriminator (BCE)",
  criticRow: "critic (W-loss)",
  ratio: (times: string) => `The critic tells the fakes ${times} times as much as the discriminator does.`,
  same: "Reals and fakes are distributed alike here: there is nothing to learn, and what the generator is told means nothing.",
  distance: "Earth mover's distance, exact",
  estimate: "the critic's estimate of it",
};
