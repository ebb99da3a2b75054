/** Short explanations beside controls, layers and charts. `what` is the name of the thing; `$...$` is TeX. */
export const glossary = {
  question: (what: string) => `What is this: ${what}?`,
  terms: {
    constraint: {
      what: "Lipschitz condition",
      text: "The critic of a W-loss may be nowhere steeper than 1; only then is its number a distance. No network keeps to that by itself, and there are several ways to make it.",
    },
    lambda: {
      what: "lambda (λ)",
      text: "The price of a wrong slope in a gradient penalty. Higher: the slope stays nearer to 1. Lower: the critic learns faster, but its estimate comes out too high while reals and fakes are far apart.",
    },
    criticSteps: {
      what: "steps of the opponent",
      text: "Updates of the critic or discriminator before each update of the generator. More of them make a critic more truthful; they make a discriminator starve its generator.",
    },
    learningRate: {
      what: "learning rate",
      text: "How far each update moves the weights. Too high: the runs jump about or diverge. Too low: nothing seems to happen.",
    },
    batch: {
      what: "batch size",
      text: "How many reals and fakes each update looks at. Larger is steadier and slower.",
    },
    width: {
      what: "width",
      text: "Neurons in each hidden layer; for images, channels of the layer nearest to the image. Wider networks can draw finer shapes and take longer.",
    },
    depth: { what: "depth", text: "Hidden layers one after another." },
    seed: {
      what: "seed",
      text: "Where all chance comes from: first weights, noise, batches. The same seed on the same machine gives the same run.",
    },
    surface: {
      what: "surface",
      text: "The answer of the discriminator or critic at every place. A probability stays between 0 and 1; a score is any real number, and only differences between scores mean something.",
    },
    slope: {
      what: "slope",
      text: "The norm of the gradient of that answer: how much it changes per unit of way. A critic is asked for at most 1. The charts show the mean over points between reals and fakes.",
    },
    contours: { what: "contours", text: "Lines of equal answer. Where they lie close together, the slope is high." },
    manifold: {
      what: "warped latents",
      text: "A square grid of latents, and where the generator sends it. Folds and stretches show how it bends noise into data.",
    },
    arrows: {
      what: "feedback arrows",
      text: "Which way each fake is told to go, and how strongly: minus the gradient of the generator's loss at that fake.",
    },
    plan: {
      what: "transport plan",
      text: "The cheapest way to move a batch of fakes onto as many reals, computed exactly. The mean length of its lines is the Earth mover's distance of the two batches.",
    },
    value: {
      what: "value of the game",
      text: "What the two players pull at. BCE: between $-\\log 4 \\approx -1.386$, the generator's goal, and 0. W-loss: the Wasserstein estimate, whose goal is 0.",
    },
    estimate: {
      what: "Wasserstein estimate",
      text: "The critic's opinion of the Earth mover's distance: mean score of reals minus mean score of fakes. Too low if the critic lags behind, too high if its slope exceeds 1.",
    },
    distance: {
      what: "Earth mover's distance",
      text: "The mean way that the fakes' mass must travel to become that of the reals, under the best plan; also called Wasserstein-1. Computed exactly, from samples that training has not seen, in training units: the data are scaled to unit variance. Between finite samples it never quite reaches 0.",
    },
    floor: {
      what: "floor",
      text: "The exact distance between two samples of real data, as large as those that are compared. Finite samples are never the same, so a generator that is perfect ends here and not at 0, and a difference smaller than the floor may be chance.",
    },
    debiased: {
      what: "debiased distance",
      text: "The exact distance without what drawing samples adds to it: less half the distance of two real samples, less half that of two samples of fakes. A perfect generator has 0, give or take some chance.",
    },
    settled: {
      what: "settled estimate",
      text: "What this critic says when it is given time: a copy is trained on against the generator as it stands, until its estimate on held-out samples stops rising. From the running estimate to this one is the critic's lag; from the debiased exact distance to this one is the slack of its condition.",
    },
    feedback: {
      what: "generator feedback",
      text: "The mean norm of the gradient that a fake gets from the generator's loss: what the generator has to learn from. A critic of slope 1 gives 1; near 0 the generator starves.",
    },
    starved: {
      what: "fakes with next to no feedback",
      text: "The share of the fakes for which the gradient of the generator's loss has a norm below 0.001, a thousandth of what a critic of slope 1 gives. From these fakes the generator learns nothing.",
    },
    modes: {
      what: "modes captured",
      text: "A mode is one of the heaps that the data consist of. It is captured once one of 2,500 fakes lies within three standard deviations of its centre.",
    },
  },
};
