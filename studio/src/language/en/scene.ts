export const scene = {
  /** The names of the layers, as toggles call them. */
  layers: {
    surface: "Surface",
    slope: "Slope above 1",
    contours: "Contour lines",
    manifold: "Warped latents",
    plan: "Transport plan",
    real: "Real",
    fakes: "Fakes",
    arrows: "Generator feedback",
  },
  /** Beneath the colours of a surface. */
  probability: "0 looks fake, 1 looks real",
  score: "higher looks more real",
  /** Beside the pointers to those colours. */
  means: { real: "mean of real samples", fakes: "mean of fakes" },
  keys: {
    real: "real",
    fakes: "fake",
    manifold: "warped latents",
    arrows: "feedback of strength 1",
    slope: (share: string) => `slope above 1: ${share}`,
    plan: (distance: string) => `transport plan: ${distance} on average`,
  },
  outside: (count: string) => `fakes outside: ${count}`,
  realImages: "real",
  fakeImages: "generated",
  interpolation: "between two latents",
  iteration: (iteration: string) => `iteration ${iteration}`,
  /** For screen readers: what a picture shows. */
  describe: {
    start: (name: string) => `real samples of ${name}; nothing is trained yet`,
    probability: (low: string, high: string) => `the discriminator's probability runs from ${low} to ${high}`,
    score: (low: string, high: string) => `the critic's score runs from ${low} to ${high}`,
    keyboard: "The arrow keys move a cross that reads the values.",
  },
  /** What is read off at a place. */
  reading: {
    probability: (value: string) => `d(x) = ${value}`,
    score: (value: string) => `c(x) = ${value}`,
    slope: (value: string) => `slope ${value}`,
    at: (x: string, y: string) => `at ${x}, ${y}`,
  },
};
