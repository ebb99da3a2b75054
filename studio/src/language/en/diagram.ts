/** The machine of each side: both networks, the loss, and the gradient that flows back. */
export const diagram = {
  title: "Diagram",
  label: "Both games as diagrams, with their numbers",
  slowMotion: "Slow motion",
  updateOf: { discriminator: "Discriminator’s update", critic: "Critic’s update", opponent: "Opponent’s update" },
  generatorUpdate: "Generator’s update",
  pause: "Pause",
  goOn: "Go on",
  next: "Next",
  end: "End slow motion",
  pace: "Pace",
  paces: { slow: "slow", normal: "normal", fast: "fast" },
  shown: "Side shown",
  progress: (place: string, count: string) => `${place} of ${count}`,
  ended: "The runs were played, which ended slow motion. Choose an update to go through one slowly.",
  awaited: "The diagram appears with the first numbers of the runs.",
  rest: "All numbers are of one batch that stays the same. The arrows back are the generator’s gradient, each as wide as it is large. Choose an update to go through it slowly.",
  stations: {
    latent: "Latents z",
    generator: "Generator G",
    fake: "Fakes G(z)",
    real: "Reals x",
    answers: "Answers",
    loss: "Loss",
  },
  /** The last layer of the opponent. */
  lastLayer: { probability: "sigmoid", score: "linear" },
  /** Under an axis of answers. */
  output: { probability: "probability", score: "score" },
  onReals: "mean on reals",
  onFakes: "mean on fakes",
  value: "value V of the game",
  lossOf: (opponent: string) => `${opponent}’s loss`,
  penalty: "penalty in it",
  generatorLoss: "generator’s loss",
  push: "median gradient",
  feedback: "median gradient",
  weights: "gradient of the weights",
  vanished: (size: string) => `${size}: vanished`,
  change: (before: string, after: string) => `${before} → ${after}`,
  /** What happens in each phase of an update. */
  phases: {
    critic: {
      draw: "Reals are drawn from the data, and as many latents at random.",
      generate: "The generator makes a fake of each latent. Its own weights stay as they are.",
      judge: (opponent: string) => `The ${opponent} answers for each real and for each fake.`,
      loss: (opponent: string) =>
        `All answers together make one number, the ${opponent}’s loss: the better it tells reals from fakes, the lower.`,
      back: (opponent: string) =>
        `The gradient of this loss flows back through the ${opponent}: in which direction each weight has to change.`,
      move: (opponent: string) =>
        `The ${opponent}’s weights take a small step against the gradient. It drew a batch of its own, so that on this one the loss may also rise.`,
    },
    generator: {
      draw: "Latents are drawn at random.",
      generate: "The generator makes a fake of each latent.",
      judge: (opponent: string) => `The ${opponent} answers for each fake.`,
      loss: (opponent: string) =>
        `The answers make one number, the generator’s loss: the more real the fakes look to the ${opponent}, the lower.`,
      back: (opponent: string) =>
        `The gradient flows back through the ${opponent}, which does not change, and arrives at the fakes: which way each should go.`,
      reach:
        "From the fakes it flows on into the generator: how each weight has to change for its fakes to go that way.",
      move: "The generator’s weights take a small step against the gradient. It drew a batch of its own, so that on this one the loss may also rise.",
    },
  },
};
