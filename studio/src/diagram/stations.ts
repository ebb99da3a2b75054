/** What a diagram consists of. `opponent` is the discriminator or the critic. */
export const STATIONS = ["latent", "generator", "fake", "real", "opponent", "answers", "loss"] as const;
export type Station = (typeof STATIONS)[number];

/** A way from one station to another: forward samples and answers go along it, backward a gradient. */
export interface Way {
  readonly from: Station;
  readonly to: Station;
  readonly isBack: boolean;
}

/** All ways, by what they are called. */
export const WAYS = {
  latents: forward("latent", "generator"),
  fakes: forward("generator", "fake"),
  fakesJudged: forward("fake", "opponent"),
  realsJudged: forward("real", "opponent"),
  answers: forward("opponent", "answers"),
  answersWeighed: forward("answers", "loss"),
  lossBack: back("loss", "answers"),
  answersBack: back("answers", "opponent"),
  fakesBack: back("opponent", "fake"),
  generatorBack: back("fake", "generator"),
} as const satisfies Readonly<Record<string, Way>>;
export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as readonly WayName[];

function forward(from: Station, to: Station): Way {
  return { from, to, isBack: false };
}

function back(from: Station, to: Station): Way {
  return { from, to, isBack: true };
}
